import type { Claim } from '../find-words.ts';

const GRANTED =
  /积分|会员|消费|兑换|换取|持有|赠送|获得|享有|享受|参与|成为|用户|点数|人人|points?|members?|spend/u;

/** What points must never be: a share, a dividend, interest, a balance that grows by itself (S41, S42, L8). */
export const PROHIBITED_BENEFITS: readonly Claim[] = [
  {
    han: /股权|股份|持股|含权|期权|原始股|干股|配股|入股|股票|股东权益|(?:企业|公司)(?:的)?(?:部分)?(?:权益|所有权)|分红权/gu,
    lawful:
      /股份(?:有限|制|公司)|股权(?:变更|结构|投资公司|投资基金管理|登记|质押公告)|(?:企业|公司)(?:的)?权益(?:保护|保障|维护|受)/gu,
    about: GRANTED,
    latin:
      /\b(?:equity|shares? (?:in|of) (?:the |our )?(?:company|business|merchant)|stock options?|shareholders?|ownership stakes?)\b/g,
  },
  {
    han: /分红|派息|股息|红利分配|利润(?:分成|分享|分配)|业绩提成|(?:按|从|拿出)[^。？]{0,8}(?:营业额|利润|销售额|流水|营收|收入)[^。？]{0,12}(?:分给|分配|返还|瓜分|发放|共享|奖励)|瓜分[^。？]{0,8}(?:利润|营业额|营收|收入)/gu,
    lawful:
      /[积部十百处满加得学高一二三几双评充成身水局]分红(?!利|权|派|股|给|奖|收|金|比例)|分红(?:包|色|酒|茶|枣|豆|糖|牌|木|玫|宝石|玉|外套|裙|绿|黑|火|薯|黄|白|蓝|橙|紫|榜)|税前利润分配表/gu,
    about: GRANTED,
    latin:
      /\bdividends?\b|\b(?:profit|revenue) shar(?:e|ing)\b|\bshare (?:of|in) (?:the |our )?(?:profits?|revenues?|turnover)\b/g,
  },
  {
    han: /(?:持续|长期|固定|稳定|定期|永久)(?:的|性)?(?:盈利|收益|分红|返利|返现|现金|利润)?(?:的)?(?:回报|返利|收益)|盈利(?:性)?回报|投资回报|静态收益|动态收益/gu,
    lawful: /(?:长期|持续)(?:的)?(?:回报|回馈)(?:社会|顾客|老客|新老)/gu,
    latin:
      /\b(?:continuous|lasting|steady|guaranteed|fixed|regular) (?:returns?|profits?|yields?|payouts?)\b|\breturns? on (?:your )?(?:investment|spending)\b/g,
  },
  {
    han: /(?:每日|每天|逐日|按日|日日|天天|每周|每月|分期|分批|按比例)(?:自动|固定|线性|按比例)?(?:释放|返还本金|返现|派息|结息|计息|增值|生息)|(?:线性|静态|加速|动态)释放|释放(?:积分|比例|红积分|白积分)|积分(?:逐步|慢慢|每日|每天)?释放/gu,
    latin:
      /\b(?:daily|weekly|monthly|linear) (?:release|payouts?)\b|\breleased? (?:daily|every day|each day|day by day)\b/g,
  },
  {
    han: /(?:积分|余额|点数)[^。？，]{0,10}(?:增值|升值|上涨|翻倍增长|自动增长|自动增加|持续增长|生息|计息|获得利息|产生利息|产生收益|复利)|(?:利息|复利|日息|月息|年息)[^。？，]{0,8}(?:积分|点数)|(?:存|持有)(?:积分)[^。？，]{0,8}(?:利息|收益)|只涨不跌/gu,
    lawful:
      /[恢重修反回康]复利|复利(?:用|于)|(?:贷款|借款|透支|逾期|分期|房贷|车贷)[^。？]{0,4}利息|利息(?:抵扣|减免|优惠|券|折扣|补贴)|积分[^。？，]{0,10}增值(?:服务|税|业务|电信|权益|保障|体验|内容|功能|礼包|包|项目|产品)/gu,
    latin:
      /\bpoints?\b[^.;!?]{0,30}\b(?:bear|earn|yield|accrue|pay|gain)s? (?:daily |monthly |annual |compound )?(?:interest|returns?)\b|\b(?:interest|returns?) on (?:your |unused |idle |all )*points\b|\binvest (?:your )?points\b|\bpoints?\b[^.;!?]{0,30}\b(?:appreciate|grow in value|grow every|increase in value)/g,
  },
  {
    han: /分(?:得|享|到|配)?[^。？，]{0,6}(?:公司|企业|商家|平台|本店|门店)(?:的)?(?:利润|盈利|收益|营业额)|(?:成为|变成|变|当上?|做)[^。？，]{0,8}股东|年度红利|(?:享|分|领)[^。？，]{0,6}(?:公司|企业|年度)[^。？，]{0,2}红利/gu,
    lawful: /成为[^。？，]{0,8}股东的(?:人|公司|企业)/gu,
    about: GRANTED,
    latin:
      /\bshareholders? by (?:shopping|spending)\b|\b(?:co )?owners? (?:of the company |of the business )?with your points\b|\bpoints?\b[^.;!?]{0,16}\b(?:turn|convert|become|change)(?:s|ed)? into [^.;!?]{0,12}\bshares?\b/g,
  },
  {
    han: /(?:积分|余额|点数)[^。？，]{0,6}(?:每天|每日|每周|每月|每年|逐日|天天|放着|存着|自动|自己)[^。？，]{0,6}(?:(?:增长|增加|上涨|递增|涨)(?:约|近)?(?:\d+%|百分之|千分之|万分之)|变多|增多)|积分锁仓|积分理财|按股分(?:钱|配|红)|锁仓[^。？]{0,8}(?:返|息|收益|积分)|(?:存|投)(?:入)?(?:\d+|[一二三四五六七八九十百千万两]+)积分[^。？]{0,12}(?:后变|变成|得息|返利|收益)/gu,
    latin:
      /\bpoints?\b[^.;!?]{0,12}\bpay \d+(?:\.\d+)? ?(?:%|percent)|\bdouble your money\b|\bpoints?\b[^.;!?]{0,20}\b(?:grow|increase|rise)s?\b[^.;!?]{0,14}\b(?:(?:a|per|each|every) (?:day|week|month|year)|daily)\b/g,
  },
  {
    han: /代币|虚拟货币|数字货币|通证|上链|挖矿|挂牌交易|上市流通/gu,
    about: GRANTED,
    latin:
      /\b(?:crypto(?:currency)?|tokens? (?:sale|listing|trading)|tradable tokens?|coins? listing)\b/g,
  },
];
