import { type Notice, PLAIN_NOTICE } from '../../rules/domain/terms.ts';

/**
 * What members are told of a programme that states nothing else (S60): what is true of every programme of the
 * alliance. `unit` is `ALLIANCE` or the programme's own.
 */
export const standardNotice = (unit: string): Notice => ({
  ...PLAIN_NOTICE,
  redemption:
    unit === 'ALLIANCE'
      ? {
          zh: '在联盟任一商家的兑换目录中，用积分兑换商品、服务或优惠券。',
          en: 'Exchange points for goods, services or vouchers in the catalogue of any merchant of the alliance.',
        }
      : {
          zh: '在兑换目录中，兑换以该积分标价的商品、服务或优惠券。',
          en: 'Exchange points for goods, services or vouchers of the catalogue that are priced in them.',
        },
  limits: {
    zh: '除规则和兑换目录所列条件外，没有其他限制。',
    en: 'There are no limits beyond the conditions of the rules and of the catalogue.',
  },
  complaints: '联盟投诉入口，7日内答复 / Complain in the alliance app: answered within 7 days.',
});
