import type { Claim } from '../find-words.ts';

/** Pay for recruiting, in levels, teams or shares of what others buy (L1, L2). */
export const PYRAMID: readonly Claim[] = [
  {
    han: /发展(?:的)?下线|(?:你的|您的|其|每个|直接|间接)下线|下线(?:会员|消费|提成|业绩|人数|代理|返)|上线(?:提成|佣金|奖金|抽成)/gu,
    latin: /\b(?:down ?lines?|up ?lines?)\b/g,
  },
  {
    han: /(?:二|三|四|五|六|七|八|九|多|两|无限|2|3|4|5|6|7|8|9)(?:级|代|层)(?:分销|返佣|返利|提成|奖励|推荐|裂变|佣金|下线)|无限(?:级|代|层)/gu,
    latin:
      /\b(?:two|three|four|five|six|multi|several|unlimited|[2-9]) (?:levels?|tiers?|generations?) (?:of )?(?:referrals?|commissions?|rewards?|deep)\b|\bmulti ?level\b/g,
  },
  {
    han: /拉(?:[^。？，]{0,3})人头|邀请(?:得)?越多[^。？]{0,6}(?:奖励|返)[^。？，]{0,4}越|一级[^。？，]{0,6}(?:返|佣|提成)[^。？]{0,10}二级|人头费|人头奖|团队计酬|团队业绩|直推|间推|见点奖|对碰奖|层碰/gu,
    latin:
      /\b(?:head ?hunting fee per|per head (?:bonus|fee|reward)|pyramid|two level commission|from (?:their|your) recruits)\b/g,
  },
  {
    han: /(?:好友|朋友|被邀请人|被推荐人|他们|他|她)(?:的)?(?:每一?(?:单|笔|次)|以后|后续|终身)?(?:的)?(?:消费|下单|购物|订单)[^。？]{0,10}(?:提成|抽成|返佣|佣金|分成|\d+%)/gu,
    latin:
      /(?:\bpercent(?:age)?\b|%|\bshare\b|\bcommission\b)[^.;!?]{0,20}\b(?:of|on|from) (?:everything |all |what )?(?:your )?(?:friends?|invitees?|referrals?)\b/g,
  },
  { han: /好友的好友|朋友的朋友(?:消费|下单|也)/gu, latin: /\bfriends of (?:your )?friends\b/g },
  {
    han: /(?:推荐|邀请|拉|带)(?:满|够|来)?(?:[2-9]|\d{2,}|[二两三四五六七八九十]+)(?:个|位|名)?(?:人|好友|朋友|会员|新人)[^。？，]{0,6}(?:免单|全返|返现|返全款)/gu,
    latin:
      /\b(?:recruit|bring|refer|invite) (?:two|three|four|five|ten|[2-9]|\d{2,}) [^.;!?]{0,24}\b(?:for free|free of charge|all your money)/g,
  },
  {
    han: /(?:下级|下家|徒弟)[^。？，]{0,8}(?:消费|下单|购物|业绩)|(?:推荐|邀请)[^。？，]{0,8}升(?:级)?为?(?:总监|经理|主管|代理|合伙人|团长)|(?:推荐|邀请)的人再(?:推荐|邀请)|裂变[^。？]{0,6}(?:层层|奖|返|佣)|层层(?:有奖|奖励|返|提成)/gu,
    latin: /\bget promoted to (?:team leader|director|manager)\b/g,
  },
  {
    han: /(?:发展|推荐|邀请|拉)[^。？，]{0,6}(?:会员|好友|朋友|新人|客户|代理)[^。？，]{0,8}(?:拿|得|享|赚|获|领)[^。？，]{0,4}(?:分佣|佣金|提成|返佣|抽成|分润)/gu,
  },
  { han: /邀(?:请)?(?:满|够|到|达)\d+(?:人|位|名)[^。？]{0,10}(?:再|额外|翻|升|更|加|另)/gu },
];

/** A fee or a purchase for the right to take part, to invite, or to be rewarded (L5). */
export const JOINING_FEE: readonly Claim[] = [
  {
    han: /(?:交|缴|付|花|充)(?:\d+|[一二三四五六七八九十百千万两]+)元[^。？]{0,14}(?:(?:才能|方可|才可|方能)(?:推荐|邀请|发展|推广|成为会员|入会)|成为(?:推广员|代理|合伙人|推荐人))/gu,
  },
  {
    han: /(?:缴纳|交纳|支付|交|付|缴|购买|消费)[^。？，]{0,10}(?:入会费|会员费|加盟费|代理费|门槛费|入门费|礼包)[^。？]{0,14}(?:推荐|邀请|发展|资格|代理|推广|返|入会|成为)|(?<!无|不|免|毋)(?:需|须|应|要|收取)[^。？，]{0,6}(?:入会费|入门费|门槛费|会费)|(?:购买|消费)满?[^。？]{0,10}(?:获得|取得|才有|才能|方可|享有)[^。？]{0,6}(?:推广|推荐|代理|邀请)(?:资格|权|好友)?/gu,
    lawful: /(?:免|无|不收|零|0)(?:任何)?(?:入会费|入门费|门槛费)/gu,
    latin:
      /\b(?:joining|entry|membership) fee\b[^.;!?]{0,40}\b(?:invite|refer|recruit|join|required)|\bpay \d+ (?:yuan |rmb )?to (?:become|be) (?:a |an )?(?:referrer|agent|promoter|member)\b|\b(?:pay|buy|purchase)\b[^.;!?]{0,30}\b(?:to be allowed to|before you (?:may|can)|to qualify to) (?:invite|refer|join)/g,
  },
];

/** Points for a good word instead of any word (S19, R8). */
export const FAVOURABLE_REVIEWS: readonly Claim[] = [
  {
    han: /差评[^。？，]{0,4}(?:不送|不得|不返|没有|无)[^。？，]{0,4}积分|五分好评[^。？]{0,8}(?:送|减|返|得)|(?:好评|五星|5星|五颗星|满分|正面评价|晒图好评|全5分|全五分)(?:评价|好评|截图|晒单|晒图|后|即|可|就|立|均|并|还|都)*[^。？，]{0,6}(?:送|得|返|奖|赠|领|兑|换|双倍积分)/gu,
    lawful:
      /(?:好评、?差评|好评或差评|好评还是差评|好评与否|无论好评|不论好评|不管好评)[^。？]{0,14}/gu,
    latin:
      /\b(?:five|5) stars?\b[^.;!?]{0,40}\b(?:points?|bonus|reward|earns?|get)\b|\b(?:points?|bonus|rewards?)\b[^.;!?]{0,20}\bfor (?:a |each |every )?(?:good|positive|favou?rable|five star|5 star) (?:reviews?|ratings?)\b|\b(?:good|positive|favou?rable) (?:reviews?|ratings?)\b[^.;!?]{0,20}\b(?:earns?|gets?|wins?|rewarded)\b/g,
  },
];

/** Merchants are made to take part (S71). */
export const FORCED_PARTICIPATION: readonly Claim[] = [
  {
    han: /(?:商家|商户|入驻方|店铺)[^。？，]{0,8}(?:必须|须|应当|强制|一律)(?:全部|统一)?(?:参加|参与)[^。？，]{0,10}(?:活动|促销|补贴|让利|返)|(?:商家|商户|入驻方|店铺)[^。？，]{0,8}(?:必须|须|应当|强制|一律)(?:接受|配合|执行)(?:平台|联盟)[^。？，]{0,6}(?:活动|促销|补贴|让利|降价)|(?:商家|商户)[^。？，]{0,4}不(?:参加|参与)[^。？，]{0,8}(?:清退|罚款|下架|扣保证金|降权)|强制(?:商家|商户)[^。？，]{0,6}(?:参加|参与|降价|让利)|(?:商家|商户)[^。？，]{0,6}(?:不得|不能|不可|无权)(?:退出|拒绝)[^。？，]{0,8}(?:活动|促销|补贴|让利)?/gu,
    isNegative: true,
    lawful:
      /(?:商家|商户)[^。？，]{0,6}不得(?:拒绝)[^。？，]{0,12}(?:退|售后|三包|会员|消费者|受理|兑换|投诉)/gu,
    latin:
      /\b(?:all |every )?(?:merchants?|shops|stores|partners?) (?:must|have to|(?:is|are) obliged to|shall) (?:take part|participate|join|discount)\b(?! (?:by|before) )|\bmerchants? (?:may not|cannot) (?:leave|decline|opt out)\b/g,
  },
];

/** Points for a card instead of for what is paid with it (S66); looked at where the trade issues cards. */
export const SIGN_UP_GIFTS: readonly Claim[] = [
  {
    han: /(?:办卡|开卡|办理[^。？，]{0,6}卡|申请[^。？，]{0,6}卡|激活[^。？，]{0,4}卡)(?:即|就|立即|便|可|后|均|都)*(?:送|得|赠|返|领|享)[^。？，]{0,10}积分/gu,
    latin:
      /\b(?:points?|bonus)\b[^.;!?]{0,30}\b(?:for|when you) (?:opening|open|applying for|apply for|getting|get|activating|activate) (?:a |your |our |the )?(?:new )?(?:credit |bank |debit )?(?:card|account)\b/g,
  },
];
