import type { Claim } from '../find-words.ts';

const IN_CHINESE: readonly Claim[] = [
  { han: /概不(?:退|负责|补偿|赔|返还|受理|接受退|支持退|予退|兑换逾期)/gu },
  { han: /一律不(?:予|支持|能|可|得|可以|接受|办理)?(?:退|换货|更换|补偿|赔|返还)/gu },
  {
    han: /一经(?:兑换|售出|领取|使用|确认|核销)[^。？]{0,8}(?:不予|不支持|不得|不能|不可|恕不|不接受|不再|不退|拒绝)(?:任何)?(?:退|换货|更换|补偿)?/gu,
    lawful:
      /一经(?:兑换|确认|核销|领取|使用)[^。？]{0,8}(?:不得|不能|不可)(?:重复|再次|转售|二次)/gu,
  },
  {
    han: /(?:恕不|拒不|不予|绝不)(?:退还|退换|退款|退货)/gu,
    about: /积分|兑换|礼品|商品|赠品|奖品/u,
  },
  { han: /过期作废[^。？]{0,4}(?:不另行|恕不|不再|不作|不做|不)(?:另行)?(?:通知|提醒|告知)/gu },
  { han: /(?:最终|唯一|一切|全部|独家)(?:的)?解释权|解释权(?:归|属|由|为)/gu },
  {
    han: /(?<!会员|用户|消费者|顾客|您|你|买家)有权(?:单方|自行|任意|不经通知)?(?:面)?(?:随时|单方面?|任意|自行决定|不定期)[^。？]{0,10}(?:修改|变更|调整|终止|取消|停止|中止|清零|扣减|冻结|收回|注销|撤销)/gu,
  },
  {
    han: /(?<!会员|用户|消费者|顾客|您|你|买家)有权[^。？]{0,14}(?:修改|变更|调整|终止|取消|停止|中止|清零|扣减|冻结|收回)[^。？]{0,14}(?:无需|不另行|恕不|不再|而不|不必|无须|不经|不作|不)(?:另行|事先|提前|再|向)?[^。？]{0,6}(?:通知|告知|公告|说明|公示)/gu,
  },
  {
    han: /(?:无需|不另行|恕不|无须|不再另行|不经|未经)(?:事先|提前)?(?:通知|告知|公告)(?:(?!不得|不会|不能|不可)[^。？]){0,8}(?:修改|变更|终止|取消|调整|清零|扣减)/gu,
  },
  {
    han: /(?:随时|任意|单方面?|自行)(?:修改|变更|调整|终止|取消|停止)[^。？]{0,14}(?:无需|不另行|恕不|无须|不)(?:另行|事先|提前|再)?(?:通知|告知|公告)/gu,
  },
  {
    han: /积分[^。？]{0,4}(?:兑换|换领|换购)(?:的|所得的?)?[^。？]{0,8}(?:不(?:再)?(?:享受|提供|适用|支持|享有|予|负责)|没有|无)(?:任何)?[^。？]{0,4}(?:售后|三包|退换|退货|质保|保修|换货)/gu,
    lawful: /不提供无理由(?:退换|退货)以外的/gu,
  },
  {
    han: /(?:赠品|奖品|礼品)[^。？]{0,6}不(?:享受|提供|适用|支持|负责)(?:任何)?[^。？]{0,4}(?:售后|三包|质保|保修)/gu,
  },
  {
    han: /(?:系统|技术|网络|设备|平台)(?:故障|问题|原因|异常|停机|维护)[^。？]{0,20}(?:不承担|概不|不负|免责|不予|免除)[^。？]{0,8}/gu,
    lawful: /不可抗力[^。？]{0,20}(?:不承担|免责)/gu,
  },
  {
    han: /放弃[^。？]{0,10}(?:投诉|起诉|诉讼|索赔|追究|抗辩)/gu,
  },
  {
    han: /(?:消费者|会员|用户|买家|顾客|客户|持卡人|乙方|您|你)[^。？，]{0,8}(?:不得|不能|无权|不可)[^。？，]{0,12}(?:投诉|起诉|诉讼|举报|申诉|索赔|要求赔偿|追究)/gu,
    lawful:
      /(?:不得|不能|不可)(?:因|以|对|阻|限|妨|干|拒)[^。？，]{0,12}(?:投诉|起诉|举报|申诉|索赔)/gu,
  },
  { han: /(?<!因)(?:不得|无权|不可)(?:向)[^。？，]{0,10}(?:投诉|起诉|举报|申诉|提起诉讼)/gu },
  {
    han: /(?:签收|收货|签字确认|签字)(?:商品|货物)?(?:之?后)?(?:即|就|便)?(?:视为|视同|等于|表示|代表|意味着)[^。？]{0,14}(?:质量|品质|合格|完好|无瑕疵)/gu,
  },
  {
    han: /(?:一切|全部|所有)(?:的)?(?:法律)?责任[^。？，]{0,4}由(?:入驻|合作|平台内)?(?:商家|商户|经营者|卖家)(?:自行|独自|全部)?(?:承担|负责)/gu,
  },
  { han: /未成年[^。？]{0,16}视为[^。？]{0,10}同意/gu },
  { han: /(?:预付|储值|充值卡|预存|购物卡)[^。？]{0,12}(?:不得|不可|不能)转让/gu },
];

const IN_ENGLISH: readonly Claim[] = [
  {
    latin:
      /\b(?:no|without) (?:refunds?|returns?|exchanges?)(?:,? (?:or|and|nor) (?:refunds?|returns?|exchanges?))?(?: (?:under|in) any circumstances?| whatsoever| of any kind)?/g,
    lawful: /\bno (?:refunds?|returns?) (?:fee|charge|are needed|is needed|necessary|needed)\b/g,
  },
  {
    latin:
      /\b(?:non refundable|not be refunded|never be refunded|cannot be (?:returned|refunded)) (?:under|in) any circumstances?\b|\bonce redeemed[^.;!?]{0,30}\b(?:no|not|cannot|never)\b[^.;!?]{0,20}\b(?:return|refund|exchange)/g,
  },
  { latin: /\b(?:final|sole|exclusive) (?:right (?:of|to) )?interpret(?:ation)?\b/g },
  {
    latin:
      /\b(?:change|modify|terminate|amend|cancel|withdraw|suspend|alter)\b[^.;!?]{0,60}\b(?:at any time|without (?:prior |any |further )?notice|at (?:its|our) sole discretion)/g,
  },
  {
    latin: /\b(?:waives?|gives? up)\b[^.;!?]{0,40}\b(?:rights?|claims?|complain|sue|lawsuits?)\b/g,
  },
  {
    latin:
      /\b(?:may|can|shall|must)(?: not|not)\b[^.;!?]{0,20}\b(?:complain|sue|take legal action)\b/g,
  },
  {
    latin:
      /\bnot (?:be )?(?:liable|responsible) for[^.;!?]{0,20}\b(?:system|technical|network|platform) (?:failures?|faults?|errors?|outages?)\b/g,
  },
  {
    latin:
      /\bsign(?:ing|ature|ed)\b[^.;!?]{0,30}\b(?:means|counts as|is deemed|shall be deemed|amounts to)\b[^.;!?]{0,30}\b(?:quality|accept)/g,
  },
  {
    latin:
      /\b(?:all|any|sole|full) (?:liability|responsibility) (?:is|rests|lies|remains) (?:solely |only )?with (?:the )?(?:merchants?|sellers?|vendors?)\b/g,
  },
  { latin: /\b(?:expires?|lapses?) without (?:any |further |prior )?notice\b/g },
  {
    latin:
      /\b(?:no|without|excluded from|not covered by) (?:any )?(?:after sales|warrant(?:y|ies)|guarantee of quality)\b/g,
    lawful: /\bno after sales (?:fee|charge)/g,
  },
];

/** Terms that take away what the law gives, or free the merchant of what it owes (R4, S61). */
export const UNFAIR_TERMS: readonly Claim[] = [...IN_CHINESE, ...IN_ENGLISH].map((claim) => ({
  ...claim,
  isDenial: true,
}));
