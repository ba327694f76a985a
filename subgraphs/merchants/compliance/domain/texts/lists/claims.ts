import type { Claim } from '../find-words.ts';

/** Words of campaigns that promise a gain (L12). */
export const PROHIBITED_CLAIMS: readonly Claim[] = [
  {
    han: /(?:消费|花钱|购物|买单|买东西|下单)(?:就|就是|等于|即是|即|便是|也能|也可以|就能|可以|能|可)?(?:赚钱|挣钱|创富|致富|变投资|养老)|(?:边|越)(?:消费|花|购物|买)(?:边|越)赚|花钱如赚钱/gu,
    latin:
      /\b(?:spending|shopping|consumption|consuming) (?:is|equals|means|=) (?:earning|making money|income|profit|investing)|\b(?:earn|make) money (?:by|while|from) (?:spending|shopping)|\bshop and get rich\b|\bget paid to (?:shop|spend|buy)\b/g,
  },
  {
    han: /(?:购物|消费|花钱|买单|满额|全额)?返本/gu,
    lawful: /返本(?:店|站|平台|商|馆|品牌|人|机|公司|账户|次)/gu,
  },
  {
    han: /全额返|百分之百返|100%返|(?:满|消费|买|花)(\d+)元?，?返(?:还)?\1(?!\d|元?积分|分)|(?:消费?|花|买|付)多少，?(?:返|送|还)(?:还)?多少(?!积分|分)|一分不少(?:拿|返|还)|消费(?:就|就是)?等于存钱|(?:购物|消费)不花钱|花(?:出去)?的(?:每一分)?钱(?:全部|全额|都|统统)?(?:返还|返给|拿回来)|(?:\d+|[一二三四五六七八九十半两几]+)(?:个)?(?:天|日|周|月|年|期)内?(?:返完|返清|返满)/gu,
    lawful:
      /(?:取消|退货|退款|撤单|失败|未能|故障|停运|停办|解散|下架|关闭|拒收|缺货|作废|召回)[^。？]{0,30}全额返|全额返还?(?:已扣|所扣|已付|已用|已兑|相应|原|押金|定金)|\b(?:cancel|return|defect|fault|refund)[^.;!?]{0,40}\bget all (?:of )?your money back\b/gu,
    latin:
      /\b(?:full|100 ?%) (?:rebate|cash ?back|money back on everything)\b|\bspend (\d+),? get \1 back\b|\bget all (?:of )?your money back\b(?! (?:if|when|within))/g,
  },
  {
    han: /你(?:消费|花钱|购物)我(?:还钱|还款|买单|付钱)/gu,
    latin: /\byou spend,? we (?:re)?pay\b/g,
  },
  {
    han: /躺(?:着)?(?:赚|挣|赢|收钱)|睡后收入|被动收入|财务自由|一夜暴富|日(?:赚|入)[\d千万过]|月(?:赚|入)(?:\d|千|过万|上万|十万|百万)/gu,
    latin: /\bpassive income\b|\bfinancial freedom\b|\bget rich\b|\bmoney for nothing\b/g,
  },
  {
    han: /(?:静态|动态)(?:和动态|与动态|及动态|或动态|、动态|、静态)?收益/gu,
    latin: /\b(?:static|dynamic) (?:income|returns?)\b/g,
  },
  {
    han: /原始股|内部(?:价|认购)(?:的)?(?:原始|股)|干股/gu,
    latin: /\b(?:pre ipo|founders?'?) shares?\b/g,
  },
  {
    han: /股权/gu,
    lawful: /股权(?:变更|结构|投资公司|投资基金管理|登记|质押公告)/gu,
    latin: /\b(?:equity|shareholders?|stock options?)\b/g,
  },
  {
    han: /分红/gu,
    lawful:
      /[积部十百处满加得学高一二三几双评充成身水局]分红(?!利|权|派|股|给|奖|收|金|比例)|分红(?:包|色|酒|茶|枣|豆|糖|牌|木|玫|宝石|玉|外套|裙|绿|黑|火|薯|黄|白|蓝|橙|紫|榜)/gu,
    latin: /\bdividends?\b|\bprofit sharing\b/g,
  },
  {
    han: /增值/gu,
    lawful:
      /增值(?:服务|税|业务|电信|权益|保障|体验|内容|功能|礼包|包|项目|产品|班|守|勤|日|性服务)|(?:高|低)?附加值|新增值(?:班|守|勤)/gu,
  },
  {
    han: /保本/gu,
    lawful:
      /[环确质投担社医联承参续低劳力]保本(?!金|息|保|增|收)|保本(?:店|次|人|公司|平台|商|活动|协议|规则|条|项|单|章|市|品|地|周|月|年|日)/gu,
    latin: /\bcapital (?:guaranteed|protected)\b|\bguaranteed (?:capital|principal)\b/g,
  },
  {
    han: /收益率|回报率|年化(?:收益|回报|\d)|稳赚|包赚|零风险高|高收益|高回报|旱涝保收/gu,
    latin:
      /\b(?:guaranteed|risk free|high|fixed|annual|annualised|annualized) (?:returns?|yields?|profits?)\b|\brates? of return\b/g,
  },
  {
    han: /(?:包|能|可|速|快速|轻松|三个月|半年|一年|月)回本/gu,
    lawful: /回本(?:店|页|站|平台|次|地|市|公司|部|人|群|馆)/gu,
  },
  {
    han: /消费(?:股东|合伙人|资本|投资人|投资)/gu,
    latin: /\bconsumer (?:shareholders?|partners?|investors?)\b/g,
  },
  {
    han: /合伙人/gu,
    lawful:
      /(?:事务所|律师|会计师|普通|有限|执行事务|高级|名义)合伙人|合伙人(?:企业|会议决议|制律所)/gu,
    latin: /\b(?:become|be) (?:a|our) (?:city |area |brand )?partner\b/g,
  },
  {
    han: /团队奖|团队(?:业绩|提成|计酬)/gu,
    lawful: /(?:最佳|优秀|先进|冠军|比赛|服务|销售|运动会)团队奖(?!金)|团队奖(?:状|杯|牌)/gu,
    latin: /\bteam (?:bonus(?:es)?|commissions?|rewards?)\b/g,
  },
  { han: /级差/gu, lawful: /等级差(?:异|别|距|额)|级差(?:异|别|距|旅|评)/gu },
  {
    han: /区代/gu,
    lawful: /区代(?:金|收|办|购|码|表|言|缴|付|取|驾|泊|理人|理收|客)/gu,
    latin: /\barea agents? (?:fee|wanted|recruit)/g,
  },
];
