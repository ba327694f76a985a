import type { Claim } from '../find-words.ts';

/** Points become money again: cash-out, buy-back, a market (L6). */
export const CASH_OUT: readonly Claim[] = [
  {
    han: /提现|套现|折现|变现|提取现金|提到(?:银行卡|微信|支付宝)/gu,
    lawful:
      /(?:自|前)提现(?:场|货|在|有)|提现(?:场|货|在|手续费|免费券|费率)|(?:分|共|部)?折现(?:场|货|在)|[改多嬗应万蜕]变现(?:场|货|在|有|状|象|代)/gu,
    about: /积分|点数|余额|会员|奖励|红包|返利|里程|随时|提/u,
    latin:
      /\bcash(?:ed|es|ing)? (?:your |the |all )?(?:points )?out\b|\bwithdraw(?:n|als?)? (?:of )?(?:your |the )?(?:points|balance|cash)\b/g,
  },
  {
    han: /(?:兑换|兑|换|换取|兑付|转换|折算|折|变)(?:成|为|取)?(?:等额|等值|相应)?(?:的)?(?:现金|人民币|钱)(?!券|抵|红包|优惠|折扣|包|币|价值)/gu,
    lawful: /零?换钱包|(?:折算|折)(?:成|为)?(?:约)?人民币\d|折合人民币/gu,
    about: /积分|点数|里程|余额/u,
    latin:
      /\b(?:exchange|redeem|convert|swap|turn)(?:s|ed|ing)?\b[^.;!?]{0,30}\b(?:for|into|to) (?:real )?(?:cash|money|rmb|yuan in cash)\b/g,
  },
  {
    han: /(?:积分|余额|点数)[^。？，]{0,10}(?:转|提|提取|打|划|存)(?:出|入|至|到|进)(?:您的|自己的|本人)?(?:微信|支付宝|银行卡|银行账户|零钱)/gu,
  },
  {
    han: /(?:高价|现金|有偿|长期|大量)(?:回收|收)[^。？，]{0,4}积分|积分(?:高价|现金|有偿|长期)(?:回收|收)|积分回收[^。？]{0,6}(?:元|毛|角|分钱|价)|积分(?:可以?|能)?(?:卖钱|卖给我们|变钱)/gu,
  },
  {
    han: /积分(?:可|可以|能|支持|自由|随时|均可|都能)*(?:自由)?(?:出售|转卖|买卖|交易|拍卖|挂卖|回购|收购|流通市场)|(?:回购|收购|高价收|求购|出售|转卖|买卖)(?:您的|会员的|会员)?积分|积分(?:交易所|交易市场|交易平台|行情|牌价)/gu,
    lawful: /积分交易(?:记录|明细|流水|时间|编号|凭证)/gu,
    latin:
      /\b(?:sell|resell|trade|auction)(?:s|ing)? (?:us |to us )?(?:your |the )?points\b|\bbuy back (?:your |the )?points\b|\bpoints? (?:exchange|market ?place|trading)\b/g,
  },
];

/** Points are bought: a stored value (L7). */
export const TOP_UP: readonly Claim[] = [
  {
    han: /(?:充值|购买|买入|认购|预存|投资|申购)(?:平台|联盟|本店|更多|额外|会员|通兑)?积分(?!商品|兑换|礼|专区|商城|翻|加|双|返|即|的|卡券|活动)|积分(?:可|可以|支持)?(?:充值|认购|申购)|(?:现金|付费|花钱|用钱)(?:就|也|即可|就能|也能|能|可|可以)*(?:购买|买|换|兑)积分(?!商品|礼|专区)|(?:\d+|[一二三四五六七八九十百千万两]+)元(?:可|即可|就能|能)?(?:购买|买|换购|充值|购)(?:\d+|[一二三四五六七八九十百千万两]+)个?积分(?!可兑|能兑|兑|价值|商品)/gu,
    lawful:
      /(?:话费|流量|电费|油卡|加油|交通卡|游戏|水费)充值积分|积分(?:可|可以|支持)?充值(?:话费|流量|电费|油卡|加油|交通卡|水费|券|卡券)/gu,
    latin:
      /\b(?:buy|purchase|top up)(?:s|ing)? (?:your |more |extra |alliance |[\d,]+ )?points\b(?! worth)|\bpoints (?:can be bought|for sale|top up)\b/g,
  },
];
