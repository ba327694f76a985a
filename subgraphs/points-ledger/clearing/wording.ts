import type { Wording } from '../../../shared/graphql/wording.ts';

/** What stands on a printed statement. */
const pageWording: Wording = {
  CLEARING_PAGE_TITLE: { en: 'Statement of clearing', 'zh-CN': '清分对账单' },
  CLEARING_MERCHANT: { en: 'Merchant', 'zh-CN': '商家' },
  CLEARING_CLOSED_AT: { en: 'Closed (UTC+8)', 'zh-CN': '结账时间（北京时间）' },
  CLEARING_ENTRIES: { en: 'Entries of the books', 'zh-CN': '账簿分录' },
  CLEARING_STATE: { en: 'State', 'zh-CN': '状态' },
  CLEARING_RECEIVABLE: { en: 'Receivable', 'zh-CN': '应收' },
  CLEARING_PAYABLE: { en: 'Payable', 'zh-CN': '应付' },
  CLEARING_NET: { en: 'Net', 'zh-CN': '净额' },
  CLEARING_FEE: { en: 'Fee, invoiced by itself', 'zh-CN': '服务费（另行开票）' },
  CLEARING_PAYMENTS: { en: 'Payments after netting', 'zh-CN': '轧差后的付款' },
  CLEARING_CHECKPOINT: {
    en: 'Checkpoint of the books: keep it, it proves what this statement rests on',
    'zh-CN': '账簿校验点（请妥善保存，可用于证明本对账单所依据的账簿）',
  },
  CLEARING_NONE: { en: 'None.', 'zh-CN': '无。' },
  CLEARING_PAYER: { en: 'From', 'zh-CN': '付款方' },
  CLEARING_PAYEE: { en: 'To', 'zh-CN': '收款方' },
  CLEARING_AMOUNT: { en: 'Amount', 'zh-CN': '金额' },
  CLEARING_GUARANTEED: { en: 'Borne by the guarantee', 'zh-CN': '担保承担' },
  CLEARING_UNCOVERED: { en: 'Not covered: loss of the payee', 'zh-CN': '未获覆盖：收款方损失' },
  CLEARING_DUE_ON: { en: 'Due', 'zh-CN': '到期日' },
  CLEARING_LINES: { en: 'Claims', 'zh-CN': '债权明细' },
  CLEARING_LINE: { en: 'Line', 'zh-CN': '行' },
  CLEARING_DEBTOR: { en: 'Issuer of the points', 'zh-CN': '发分商家' },
  CLEARING_CREDITOR: { en: 'Accepted by', 'zh-CN': '受理商家' },
  CLEARING_OTHERS: { en: 'a merchant of the alliance', 'zh-CN': '联盟商家' },
  CLEARING_PRICE: { en: 'Price / points', 'zh-CN': '价格 / 积分' },
  CLEARING_POINTS: { en: 'Points', 'zh-CN': '积分' },
  CLEARING_BURNS: { en: 'Burns', 'zh-CN': '笔数' },
  CLEARING_BURNS_OF: { en: 'Burns of line', 'zh-CN': '逐笔明细，行' },
  CLEARING_RECORDED_AT: { en: 'Recorded (UTC+8)', 'zh-CN': '入账时间（北京时间）' },
  CLEARING_CAUSE: { en: 'Cause', 'zh-CN': '事由' },
  CLEARING_ENTRY: { en: 'Entry', 'zh-CN': '分录' },
  CLEARING_INFORMS: { en: 'Amount by itself (informs)', 'zh-CN': '单笔金额（仅供参考）' },
  CLEARING_STATE_ISSUED: { en: 'issued', 'zh-CN': '已出账' },
  CLEARING_STATE_DISPUTED: { en: 'disputed', 'zh-CN': '有异议' },
  CLEARING_STATE_CONFIRMED: { en: 'confirmed', 'zh-CN': '已确认' },
  CLEARING_STATE_OPEN: { en: 'open', 'zh-CN': '待确认' },
  CLEARING_STATE_UPHELD: { en: 'found right', 'zh-CN': '维持原额' },
  CLEARING_STATE_CORRECTED: { en: 'to be corrected in the next cycle', 'zh-CN': '下期更正' },
  CLEARING_STATE_DUE: { en: 'due', 'zh-CN': '应付' },
  CLEARING_STATE_SETTLED: { en: 'paid', 'zh-CN': '已付' },
  CLEARING_STATE_DEFAULTED: { en: 'payer in default', 'zh-CN': '付款方违约' },
};

/** The sentences of refusals, faults and notices of clearing. */
export const clearingWording: Wording = {
  ...pageWording,
  CLEARING_NOTICE_NOT_MONEY: {
    en: 'Points are a discount that merchants grant. They are not money, no deposit, no security and no investment.',
    'zh-CN': '积分是商家给予的折扣优惠，不是货币，不是存款，不是有价证券，也不是投资。',
  },
  CLEARING_NOTICE_OUTSIDE: {
    en: 'This statement only says who owes whom. Nothing is paid through this platform, and it holds no money: merchants pay each other outside of it.',
    'zh-CN':
      '本对账单仅列明商家之间的债权债务。任何款项均不经本平台收付，本平台不持有资金，由商家之间在平台之外自行结算。',
  },
  NOTHING_TO_CLEAR: {
    en: 'Nothing was redeemed at another merchant than its issuer since the last cut (cycle {number}). Close again later, with a new key.',
    'zh-CN': '自上次结账（第 {number} 期）以来没有跨商家兑换，请稍后以新的键再次结账。',
  },
  ALREADY_CONFIRMED: {
    en: 'This is confirmed already.',
    'zh-CN': '此项已确认。',
  },
  LINE_DISPUTED: {
    en: 'This line is disputed. The operator of the alliance decides on it first.',
    'zh-CN': '该行已有异议，须先由联盟运营方裁定。',
  },
  LINE_DECIDED: {
    en: 'This line was disputed and is decided. A wrong correction is disputed in the cycle that makes it.',
    'zh-CN': '该行的异议已裁定。如对更正有异议，请在更正所在的那一期提出。',
  },
  NOT_DISPUTED: {
    en: 'Nobody disputes this line at the moment, so there is nothing to decide.',
    'zh-CN': '该行目前没有异议，无需裁定。',
  },
  CLEARING_LINE_NOT_FOUND: {
    en: 'There is no such line in a statement of this merchant. Check the ids of line and statement.',
    'zh-CN': '该商家的对账单中没有此行，请核对行与对账单的编号。',
  },
  CLEARING_STATEMENT_NOT_FOUND: {
    en: 'This merchant has no statement with this id. Check it.',
    'zh-CN': '该商家没有此编号的对账单，请核对。',
  },
  PAYMENT_NOT_FOUND: {
    en: 'There is no such payment of this merchant. Check the ids.',
    'zh-CN': '该商家没有此项付款，请核对编号。',
  },
  PAYMENT_SETTLED: {
    en: 'This payment is on record as made already.',
    'zh-CN': '该笔付款已登记为已付。',
  },
  PAYMENT_LOST: {
    en: 'The payer is in default and its guarantee covers nothing of this payment.',
    'zh-CN': '付款方已违约，其担保未覆盖该笔付款。',
  },
  AMOUNT_DIFFERS: {
    en: 'Exactly {dueMinor} in the smallest unit of {currency} is to be paid. Nothing was recorded.',
    'zh-CN': '应付金额恰为 {dueMinor}（{currency} 最小单位），未作登记。',
  },
  PAID_ON_NOT_USABLE: {
    en: '{field} must be a day from the close of the cycle until today.',
    'zh-CN': '{field} 须在结账日至今日之间。',
  },
  ALREADY_DEFAULTED: {
    en: 'This merchant was declared in default in this cycle already.',
    'zh-CN': '该商家在本期已被宣告违约。',
  },
  NOTHING_DUE: {
    en: 'All that this merchant was to pay in this cycle is paid.',
    'zh-CN': '该商家本期应付款项均已付清。',
  },
  CORRECTION_NEEDS_AMOUNT: {
    en: '{field} is needed to correct a line: the right amount of the whole line.',
    'zh-CN': '更正须填写 {field}：该行的正确总额。',
  },
  CORRECTION_TOO_LARGE: {
    en: '{field} is at most {max, number} of the smallest unit of the currency. Check the amount.',
    'zh-CN': '{field} 不得超过 {max, number}（以币种最小单位计），请核对金额。',
  },
  CORRECTION_CHANGES_NOTHING: {
    en: '{field} is what the line and its corrections already come to. Uphold the line instead.',
    'zh-CN': '{field} 与该行及其更正的合计相同，请选择维持。',
  },
  CURRENCY_DIFFERS: {
    en: '{field} must be {currency}, the currency of the line.',
    'zh-CN': '{field} 必须为该行的币种 {currency}。',
  },
  CURRENCY_NOT_USABLE: {
    en: '{field} must be an ISO 4217 code of three capital letters, such as CNY.',
    'zh-CN': '{field} 必须是 ISO 4217 的三位大写字母代码，例如 CNY。',
  },
  PAYMENT_DAYS_NOT_USABLE: {
    en: '{field} must be 0 to {max} for this mode.',
    'zh-CN': '在此方式下 {field} 须为 0 至 {max}。',
  },
  FEE_NOT_USABLE: {
    en: '{field} must be from 0 to the denominator.',
    'zh-CN': '{field} 须在 0 与分母之间。',
  },
  GUARANTEE_NOT_USABLE: {
    en: '{field} must not be below zero.',
    'zh-CN': '{field} 不得小于零。',
  },
  LINES_NEEDED: {
    en: 'Nothing was confirmed: {field} is empty. Name the lines, or leave it out for all that are open.',
    'zh-CN': '未确认任何内容：{field} 为空。请列出明细行，或省略该项以确认全部待确认行。',
  },
  UNIT_IS_MONEY: {
    en: '{field} is the code of a currency. Points are never money: choose another name for the unit.',
    'zh-CN': '{field} 是货币代码。积分不是货币，请为积分单位另取名称。',
  },
  TOO_MANY_BURNS: {
    en: 'More than {max} burns would have to be written out. Ask with burns: false and read lines.burns by page.',
    'zh-CN': '需写出的逐笔明细超过 {max} 笔，请以 burns: false 查询，并分页读取 lines.burns。',
  },
};
