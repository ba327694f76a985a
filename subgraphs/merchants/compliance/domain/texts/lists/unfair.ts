import type { Claim } from '../find-words.ts';

const IN_CHINESE: readonly Claim[] = [
  { han: /概不(?:退|负责|挂失|补偿|赔|返还|受理|接受退|支持退|予退|兑换逾期)/gu },
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
  {
    han: /兑换(?:成功)?(?:之?后)[^。？，]{0,4}(?:不接受|不支持|不予|不能|不可|不得|无法|拒绝)[^。？，]{0,10}(?:退|换货|调换)/gu,
    lawful: /(?:不得|不能|不可)(?:拒绝|阻|妨)/gu,
  },
  {
    han: /视为[^。？，]{0,6}放弃|(?:积分|权益)[^。？]{0,6}(?:概不|恕不|不予)(?:补登|补发|补偿|补记|任何补偿)|(?:作废|清零|失效)[^。？]{0,4}不予(?:任何)?(?:补偿|恢复|说明)/gu,
    lawful: /视为[^。？，]{0,6}放弃(?:参加|参与|领取|领奖|本次|该次|排队|预约)/gu,
  },
  { han: /过期作废[^。？]{0,4}(?:不另行|恕不|不再|不作|不做|不)(?:另行)?(?:通知|提醒|告知)/gu },
  {
    han: /(?:最终|最后|唯一|一切|全部|独家)(?:的)?解释权|解释权(?:由|为|[^。？，]{0,14}(?:归|属))|以[^。？，]{0,6}口头[^。？，]{0,4}为准|(?:最终|最后)(?:的)?解释的权利|以(?:本店|商家|平台|本公司|我方|我司|联盟)(?:的)?(?:最新|最终|单方)?(?:的)?解释为准/gu,
  },
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
  {
    han: /(?:修改|变更|调整|变动|更改|终止|取消|停止)[^。？]{0,20}(?:恕不|不再|不|无需|无须)(?:另行|事先|提前|再)(?:通知|告知|公告|公示)/gu,
    about: /积分|规则|活动|权益|会员|兑换|有效期|条款/u,
  },
  {
    han: /(?:不|未|无需|无须|不经|未经)(?:提前|事先|另行)?(?:通知|告知)(?:会员|用户|消费者|顾客|您)?(?:的情况下|的前提下|即可|就可|而)?(?:(?!不得|不会|不能|不可)[^。？]){0,8}(?:修改|变更|调整|终止|取消|清零|清空|扣减|冻结)(?!申请|须|应|要)/gu,
  },
  {
    han: /(?:本店|商家|平台|本公司|我方|我司|联盟|经营者)(?:可以?|保留)(?:随时|任意|单方面?)[^。？，]{0,8}(?:修改|变更|调整|终止|取消|停止|中止|清零|清空|扣减|冻结|收回)/gu,
  },
  {
    han: /(?:清零|作废|失效|过期)[^。？]{0,4}(?:不|恕不)(?:再|另行)?(?:通知|提醒)|质量自负|退货[^。？，]{0,4}不退(?:还)?积分|有权[^。？，]{0,12}(?:不|无需|无须)说明(?:理由|原因)/gu,
  },
  {
    han: /我们(?:可以|可|有权|能)?(?:随时|任意)[^。？，]{0,4}(?:改|变更|调整|终止|取消)[^。？，]{0,4}(?:规|积分|活动|条款|计划)/gu,
  },
  {
    han: /不承担(?:任何|一切)(?:法律|赔偿|经济|相关)?责任/gu,
    lawful:
      /(?:不可抗力|自身|本人|使用不当|泄露|过错)[^。？]{0,30}不承担(?:任何|一切)(?:法律|赔偿|经济|相关)?责任/gu,
  },
  {
    han: /不(?:对|为|就)[^。？，]{0,14}(?:系统|技术|网络|积分|数据)[^。？，]{0,8}(?:错误|故障|丢失|损失|延迟|遗失)[^。？，]{0,6}(?:负责|承担|担责)/gu,
  },
  {
    han: /积分(?:商品|礼品|换购品|兑换品)[^。？]{0,6}(?:不(?:参加|享受|享有|提供|适用|支持|予)|没有|无)(?:任何)?[^。？]{0,4}(?:三包|售后|质保|保修|退换|退货|换货)/gu,
  },
  {
    han: /(?:坏了|损坏|破损|瑕疵|(?<!非|无|没有|除|除有|不存在|不属于|不是)质量问题)(?!以?外|除外)[^。？]{0,6}(?:不修|不换|不退|不赔|不管)/gu,
    lawful:
      /(?:人为|使用不当|保管不当|自行拆)[^。？]{0,10}(?:损坏|破损|坏了)[^。？]{0,6}(?:不修|不换|不退|不赔|不管)/gu,
  },
  {
    han: /不退(?:也)?不换/gu,
    lawful: /(?:人为|使用不当)[^。？]{0,10}不退(?:也)?不换/gu,
  },
  {
    han: /由(?:我方|我司|本店|本公司|商家|商户|平台|联盟|主办方)(?:单方面?|全权|独家|最终)(?:作出|做出)?(?:决定|裁定|裁决|认定|解释)/gu,
  },
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
      /(?<!\b(?:you|members?|customers?|users?|everybody|anybody) (?:may|can|could|are free to) |\bnever )\b(?:change|modify|terminate|amend|cancel|withdraw|suspend|alter|take back|revoke)\b[^.;!?]{0,60}\b(?:(?:at )?any time|whenever we (?:like|want|wish)|without (?:prior |any |further )?notice|at (?:its|our) sole discretion)/g,
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
  {
    latin:
      /\bredeemed (?:goods|items|gifts|rewards|products)\b[^.;!?]{0,12}\b(?:cannot|can not|may not|are not|will not) (?:be )?(?:returned|exchanged|refunded|returnable)\b(?! without)/g,
  },
  {
    latin: /\bhas the (?:final|last) (?:say|word)\b|\bwe have the (?:final|last) (?:say|word)\b/g,
  },
  {
    latin:
      /(?<!\b(?:you|members?) (?:may|can) |\bnever )\b(?:revoked?|remove|cancel|change|terminate|withdraw|take (?:away|back))\b[^.;!?]{0,40}\b(?:without (?:telling|informing|notifying|warning)|at (?:the (?:merchant|shop)'?s) discretion)/g,
  },
  {
    latin:
      /\b(?:revoked?|cancelled|removed|changed|withdrawn)\b[^.;!?]{0,20}\bat (?:our|its) (?:sole |own )?discretion\b/g,
  },
  {
    latin:
      /\b(?:our|its|the (?:merchant|shop|alliance|operator)'?s) decisions? (?:is|are|shall be|will be) (?:final|binding)\b/g,
  },
  {
    latin:
      /\b(?:cannot|not|never|no)\b[^.;!?]{0,40}\beven (?:if|when) (?:they are |it is )?(?:defective|faulty|broken|damaged)\b/g,
  },
  {
    latin:
      /\bno complaints? (?:are |is |will be |can be )?(?:accepted|entertained|considered|heard)\b|\bcomplaints? (?:are|is|will) (?:not|never) (?:be )?(?:accepted|considered|heard)\b/g,
  },
  {
    latin:
      /\bnot (?:be )?(?:liable|responsible) for (?:any )?(?:lost|missing|deleted|wrong) points\b/g,
  },
  {
    latin:
      /\b(?:expires?|lapses?|vanish(?:es)?) without (?:any |further |prior )?(?:notice|warning)\b/g,
  },
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
