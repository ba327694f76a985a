import { canonicalJson, sha256 } from '../../shared/identifiers.ts';
import type {
  Deduct,
  Freeze,
  Lift,
  PointsCommand,
} from '../../subgraphs/points-ledger/domain/command.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { freshKey } from '../support/people.ts';
import type { OpenBooks } from './books-world.ts';

const ofCase = {
  walletId: 'ann',
  caseId: 'c1',
  causeKind: 'CASE',
  causeId: 'c1',
  ruleVersion: null,
};

export const freeze = (given: Partial<Freeze> = {}): Freeze => ({
  ...ofCase,
  kind: 'FREEZE',
  evidenceHash: 'e'.repeat(64),
  ...given,
});

export const lift = (given: Partial<Lift> = {}): Lift => ({
  ...ofCase,
  kind: 'LIFT',
  outcome: 'UNFOUNDED',
  ...given,
});

export const deduct = (given: Partial<Deduct> = {}): Deduct => ({
  ...ofCase,
  kind: 'DEDUCT',
  unit: 'ALLIANCE',
  parts: [],
  ...given,
});

/** Posts commands that only the ledger itself posts. */
export async function postOwn(books: OpenBooks, commands: readonly PointsCommand[]) {
  return createLedger(books.frame).post(
    commands.map((command) => ({
      scope: 'service:points-ledger',
      key: freshKey(),
      requestHash: sha256(canonicalJson(command)),
      command,
    })),
  );
}
