import type { NewEvent } from '../../../../shared/feeds/event.ts';

type Told = Readonly<{ promotionId: string; merchantId: string }>;

/** Who is meant is asked when messages are sent, and never stands in the feed. */
export const promotionPublished = (told: Told & { isForSegment: boolean }): NewEvent => ({
  kind: 'promotion.published',
  payload: told,
});

export const promotionWithdrawn = (told: Told): NewEvent => ({
  kind: 'promotion.withdrawn',
  payload: told,
});
