import type { Wording } from '../../shared/graphql/wording.ts';

/** What is said of a merchant's own subgraph. Its own sentences are never passed on. */
export const foreignWording: Wording = {
  MERCHANT_REFUSED: {
    en: 'The merchant’s own catalog cannot use this request. Check its arguments.',
    'zh-CN': '商家自有目录无法处理此请求，请检查参数。',
  },
};
