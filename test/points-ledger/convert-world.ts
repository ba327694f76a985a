import type { Caller } from '../../shared/graphql/caller.ts';
import type { Convert } from '../../subgraphs/points-ledger/domain/command.ts';
import type { AloneOptions } from '../support/alone.ts';
import type { Engine } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, operator } from '../support/people.ts';
import { type OpenBooks, openBooks } from './books-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const CONVERT = `mutation ($input: ConvertPointsInput!) { convertPoints(input: $input) { __typename
  ... on PointsConverted { conversion { entryId unit toUnit taken got left paidDebt } member { id } }
  ... on ConversionRefused { code message available missing } ... on InvalidInput { code field } } }`;

const SET_RATE = `mutation ($input: SetConversionRateInput!) { setConversionRate(input: $input) {
  __typename ... on ConversionRateSet { rate { version numerator denominator pricePoints
    price { amountMinor currency } effectiveOn } }
  ... on RateAllowsGain { code message } ... on InvalidInput { code field } } }`;

/** The ledger alone, with what a test of conversion does. */
export async function openProgrammes(engine: Engine, options: AloneOptions = {}) {
  const books = await openBooks(engine, options);
  return Object.assign(books, programmesOf(books));
}

export const converting = (given: Partial<Convert> = {}): Convert => ({
  kind: 'CONVERT',
  walletId: 'ann',
  unit: 'ALLIANCE',
  points: 100,
  toUnit: 'MILES',
  causeKind: 'CONVERSION',
  causeId: 'c1',
  ruleVersion: null,
  ...given,
});

export const programmesOf = (books: OpenBooks) => ({
  /** Merchant I gives 2 of its MILES for 3 alliance points, at 30 fen per 100, unless told otherwise. */
  setRate: async (given: Readonly<Record<string, unknown>> = {}): Promise<Data> => {
    const { setConversionRate } = await books.data(SET_RATE, {
      input: {
        idempotencyKey: freshKey(),
        issuerId: 'I',
        unit: 'ALLIANCE',
        toUnit: 'MILES',
        numerator: 2,
        denominator: 3,
        priceMinor: 30,
        pricePoints: 100,
        ...given,
      },
    });
    return setConversionRate;
  },
  /** Ann converts 100 alliance points into miles. */
  convert: async (
    given: Readonly<Record<string, unknown>> = {},
    as: Caller = asMember(String(given.memberId ?? 'ann')),
  ): Promise<Data> => {
    const { convertPoints } = await books.data(CONVERT, { input: conversion(given) }, { as });
    return convertPoints;
  },
  /** The same, with what errors it gives. */
  tryConvert: (given: Readonly<Record<string, unknown>>, as: Caller = operator) =>
    books.ask(CONVERT, { input: conversion(given) }, { as }),
  /** Merchant I may have 100 alliance points open. */
  setCover: async (given: Readonly<Record<string, unknown>> = {}): Promise<Data> => {
    const { setIssuerCover } = await books.data(
      `mutation ($input: SetIssuerCoverInput!) { setIssuerCover(input: $input) { __typename
        ... on IssuerCoverSet { covers { unit version covered open left } }
        ... on InvalidInput { code field } } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          issuerId: 'I',
          unit: 'ALLIANCE',
          points: 100,
          ...given,
        },
      },
    );
    return setIssuerCover;
  },
  /** Merchant I issues alliance points at will again. */
  removeCover: async (given: Readonly<Record<string, unknown>> = {}): Promise<Data> => {
    const { removeIssuerCover } = await books.data(
      `mutation ($input: RemoveIssuerCoverInput!) { removeIssuerCover(input: $input) { __typename
        ... on IssuerCoverRemoved { covers { unit version } } ... on NotFound { code } } }`,
      { input: { idempotencyKey: freshKey(), issuerId: 'I', unit: 'ALLIANCE', ...given } },
    );
    return removeIssuerCover;
  },
  /** What merchant I may have open and has, as it sees it itself. */
  cover: async (issuerId = 'I', as: Caller = asMerchant(issuerId)): Promise<Data> => {
    const { issuerCover } = await books.data(
      'query ($id: ID!) { issuerCover(issuerId: $id) { unit version covered open left } }',
      { id: issuerId },
      { as },
    );
    return issuerCover;
  },
  lots: async (memberId = 'ann') => (await books.wallet(memberId)).lots,
});

const conversion = (given: Readonly<Record<string, unknown>>) => ({
  idempotencyKey: freshKey(),
  memberId: 'ann',
  unit: 'ALLIANCE',
  points: 100,
  toUnit: 'MILES',
  ...given,
});
