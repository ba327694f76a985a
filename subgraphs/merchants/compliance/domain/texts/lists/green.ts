import type { Claim } from '../find-words.ts';

/** What a green claim is backed by, in its own sentence: who has certified it, what it is about, for when (R33, S52). */
const BACKED = [
  /(?<!未|未经|没有|无|未获|未取得|尚未|正在|申请|有待)(?:证书|认证|核证|核查声明|绿证)|\b(?:certified|certificates?|verified|verification)\b/u,
  /(?:本|该|此)(?:产品|商品|款|批|店|门店|酒店|航班|航线|活动|会议|包装|套餐)|范围|边界|全生命周期|生产|运营|\b(?:scope|boundary|life cycle|(?:this|the|our) (?:product|shop|store|hotel|flight|event|packaging)|its (?:production|packaging|operation))\b/u,
  /(?<!\d)20\d{2}(?!\d)/u,
] as const;

/** Claims that something does no harm to the climate or to nature. */
export const GREEN_CLAIMS: readonly Claim[] = [
  {
    han: /碳中和|(?<!干|洁|纯)净零(?!食|售|星|散|钱|头|件|部)|(?<!\d)0碳|碳(?:清|归)零|零二氧化碳|零碳(?!酸|水)|负碳(?!酸|水)|零排放|零污染|气候中(?:性|和)|碳排放为零|(?<!含)无碳(?=商品|产品|门店|酒店|出行|航班|消费|生活|包装)|(?:100%|百分之百|百分百|完全|绝对|彻底)(?:的)?(?:环保|绿色|无污染|无害|无碳)|对(?:环境|气候|地球)(?:完全|毫)?(?:没有|无|零)(?:任何)?(?:影响|危害|伤害|污染|负担)/gu,
    latin:
      /\b(?:carbon|climate|co ?2e?|ghg|greenhouse gas(?:es)?|emissions?) (?:neutral(?:ity)?|positive|negative)\b|\bnet (?:zero|0)\b|\b(?:zero|0) (?:carbon|co ?2e?|ghg|greenhouse gas(?:es)?|emissions?)\b|\b(?:carbon|co ?2|emissions?) free\b|\b(?:100 ?%|completely|totally|entirely|fully) (?:green|(?:eco|environmentally|climate) friendly|pollution free)\b|\bno (?:impact on|harm to|burden on) the (?:environment|climate|planet)\b/g,
    lawful:
      /碳达峰、?(?:和|与)?碳中和|碳中和(?:目标|愿景|战略|行动方案|政策|知识|科普|讲座|课堂)|(?:助力|迈向|走向|推进|推动|支持|实现|努力)(?:国家|全国|我国|城市)?(?:20\d\d年)?(?:前)?(?:的)?碳中和(?=目标|愿景|战略|事业|。|，|$)|零排放(?:汽车|车辆|车型|公交|货车|区域)|零碳(?:公园|知识|科普|讲座|课堂)|carbon neutrality (?:goals?|targets?|by 20\d\d)|towards? (?:carbon neutrality|net zero)|net zero (?:goals?|targets?|policy|balance)|zero emissions? (?:vehicles?|cars?|bus(?:es)?|zones?)/gu,
    backing: BACKED,
    isAnywhere: true,
    isNegative: true,
  },
];
