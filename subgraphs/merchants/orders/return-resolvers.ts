import { isoDay } from '../../../shared/calendar.ts';
import type { Resolvers } from '../schema.generated.ts';
import { ALWAYS_POSSIBLE, isOpen } from './domain/return-window.ts';
import { visibleWindow } from './queries/return-window.ts';

/** What came back of a purchase, and until when more can. Who sees the purchase sees it. */
export const returnsOfPurchase = {
  returnWindow: (purchase, _, context) => visibleWindow(context, purchase),
  returns: ({ id }, _, { loaders }) => loaders.returnsByPurchase.load(id),
} satisfies Resolvers['Purchase'];

export const returnTypes = {
  ReturnWindow: {
    lastDay: ({ lastDay }) => isoDay(lastDay),
    isOpen: (window, _, { clock }) => isOpen(window, clock.now()),
  },
  PurchaseReturn: {
    lines: async ({ id }, _, { loaders }) =>
      (await loaders.linesByReturn.load(id)).map(({ lineNumber, quantity }) => ({
        number: lineNumber,
        quantity,
      })),
  },
  ReturnWindowClosed: { stillPossible: () => [...ALWAYS_POSSIBLE] },
} satisfies Partial<Resolvers>;
