import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { LiabilityView } from './liability.ts';
import {
  type AcceptedPoints,
  lastSeqAt,
  type OpenPoints,
  readAcceptedPoints,
  readOpenPoints,
} from './read-reports.ts';
import { readSettled, type Settled } from './read-settled.ts';
import { Tracer } from './tracer.ts';

/** Each reads the journal once for a request, however many merchants and fields ask for it. */
export const createReportLoaders = (reader: EntityManager) => ({
  /** By milliseconds since 1970; Infinity for the last of all. */
  lastSeqAt: new DataLoader<number, number>((instants) =>
    Promise.all(instants.map((atMs) => lastSeqAt(reader, atMs))),
  ),
  /** By milliseconds since 1970. */
  settledUntil: new DataLoader<number, Settled[]>((instants) =>
    Promise.all(instants.map((atMs) => readSettled(reader, new Date(atMs)))),
  ),
  tracer: new Tracer(reader),
  openPoints: perEntry(
    (throughSeq, issuerIds) => readOpenPoints(reader, throughSeq, issuerIds),
    ({ issuerId }: OpenPoints, id) => issuerId === id,
  ),
  acceptedUntil: perEntry(
    (throughSeq, ids) => {
      const only = ids?.length === 1 ? (ids[0] ?? null) : null;
      return readAcceptedPoints(reader, { afterSeq: 0, throughSeq }, only);
    },
    ({ issuerId, acceptorId }: AcceptedPoints, id) => issuerId === id || acceptorId === id,
  ),
});

type Asked = Pick<LiabilityView, 'throughSeq' | 'issuerId'>;

/** Reads once for each last entry, for all merchants that are asked for at a time. */
function perEntry<Row>(
  read: (throughSeq: number, ids: string[] | null) => Promise<Row[]>,
  isOf: (row: Row, id: string) => boolean,
): DataLoader<Asked, Row[], string> {
  return new DataLoader(
    async (asked) => {
      const found = new Map<number, Row[]>();
      for (const [seq, some] of Map.groupBy(asked, ({ throughSeq }) => throughSeq)) {
        const ids = some.flatMap(({ issuerId }) => issuerId ?? []);
        found.set(seq, await read(seq, ids.length < some.length ? null : ids));
      }
      return asked.map(({ throughSeq, issuerId }) =>
        (found.get(throughSeq) ?? []).filter((row) => issuerId === null || isOf(row, issuerId)),
      );
    },
    { cacheKeyFn: ({ throughSeq, issuerId }) => `${throughSeq}\n${issuerId ?? ''}` },
  );
}
