import type { Wording } from '../../../shared/graphql/wording.ts';

export const jointWording: Wording = {
  NO_FAMILY_POOL: {
    en: 'You belong to no family, so there is no pool to pay from. Pay with your own points.',
    'zh-CN': '您尚未加入家庭，没有可用的家庭积分池，请使用本人积分支付。',
  },
  FAMILY_POOL_NOT_HERS: {
    en: 'The pool of this family does not know you yet, or not any more. Nothing was taken; try again in a moment.',
    'zh-CN': '该家庭积分池尚未或不再接受您的支付，未扣除任何积分，请稍后重试。',
  },
  SPENDING_CAP_EXCEEDED: {
    en: 'That is more than you may spend from the pool of your family this month. Nothing was taken; redeem less, or pay with your own points.',
    'zh-CN': '已超出您本月可使用的家庭积分额度，未扣除任何积分，请减少数量或使用本人积分支付。',
  },
};
