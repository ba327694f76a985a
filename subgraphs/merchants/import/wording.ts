import type { Wording } from '../../../shared/graphql/wording.ts';

/** What an import of a file has to say. */
export const importWording: Wording = {
  NO_CUSTOMER: {
    en: 'The row names no customer, so nobody can get the points.',
    'zh-CN': '该行没有顾客编号，无法发放积分。',
  },
  NO_ORDER_NUMBER: {
    en: 'The row names no order.',
    'zh-CN': '该行没有订单号。',
  },
  PRICE_NOT_POSITIVE: {
    en: 'The price must be above 0: nothing that is given away earns points.',
    'zh-CN': '单价须大于 0，赠品不积分。',
  },
  NEGATIVE_NOT_CANCELLED: {
    en: 'The quantity is negative, but the order is not a cancellation.',
    'zh-CN': '数量为负，但订单不是退货单。',
  },
  QUANTITY_NOT_WHOLE: {
    en: '{column} must be a whole number other than 0.',
    'zh-CN': '{column} 必须是非零整数。',
  },
  AMOUNT_NOT_A_NUMBER: {
    en: '{field} must be a plain decimal number such as 1234.50, without signs of money or thousands.',
    'zh-CN': '{field} 须为普通小数，例如 1234.50，不带货币符号和千位分隔符。',
  },
  AMOUNT_NOT_EXACT: {
    en: '{field} has more than {decimals} decimals and cannot be kept exactly. Round it in the source.',
    'zh-CN': '{field} 的小数超过 {decimals} 位，无法精确记录，请先在源数据中取整。',
  },
  DATE_NOT_USABLE: {
    en: '{column} is not a date of the form {format}.',
    'zh-CN': '{column} 不是 {format} 格式的有效日期。',
  },
  ROW_MALFORMED: {
    en: 'The row is damaged: its number of columns is not that of the heading, a quote is not closed, or it is not a JSON object.',
    'zh-CN': '该行已损坏：列数与表头不符、引号未闭合或不是 JSON 对象。',
  },
  ENCODING_NOT_USABLE: {
    en: 'The row has characters that are not {encoding}. Say the encoding of the file in the mapping, such as "encoding": "gb18030".',
    'zh-CN': '该行含有非 {encoding} 字符，请在映射文件中注明编码，例如 "encoding": "gb18030"。',
  },
  CHARACTERS_NOT_USABLE: {
    en: '{field} has control characters or signs that turn the direction of writing.',
    'zh-CN': '{field} 含有控制字符或改变书写方向的符号。',
  },
  RETURN_WITHOUT_PRODUCT: {
    en: 'The row takes something back but names no product.',
    'zh-CN': '该行为退货，但没有商品编号。',
  },
  ORDER_SCATTERED: {
    en: 'More than {max, number} orders lie between the rows of order {orderNumber}. Sort the file by order number.',
    'zh-CN': '订单 {orderNumber} 的各行之间相隔超过 {max, number} 个订单，请按订单号排序。',
  },
  ORDER_HAS_OTHER_CUSTOMER: {
    en: 'Order {orderNumber} belongs to another customer since row {row}.',
    'zh-CN': '订单 {orderNumber} 自第 {row} 行起属于另一位顾客。',
  },
  ORDER_HAS_OTHER_SETTING: {
    en: 'Order {orderNumber} names another {field} since row {row}. An order is made in one place, in one way.',
    'zh-CN':
      '订单 {orderNumber} 自第 {row} 行起的 {field} 不同。同一订单的门店、渠道、地区与支付方式须一致。',
  },
  REPEATED_ROW: {
    en: '{rows, plural, one {# row is} other {# rows are}} the same as an earlier one ({patterns, plural, one {# different row} other {# different rows}}). Without order numbers each is taken for a purchase of its own.',
    'zh-CN':
      '有 {rows, number} 行与前面的行相同（共 {patterns, number} 种）。因没有订单号，每行按一笔独立订单处理。',
  },
  FILE_NOT_FOUND: {
    en: 'There is no file {file}. Check the path.',
    'zh-CN': '文件 {file} 不存在，请核对路径。',
  },
  FILE_IS_FOLDER: {
    en: '{file} is not a file. Name one file.',
    'zh-CN': '{file} 不是文件，请指定一个文件。',
  },
  FILE_EMPTY: {
    en: '{file} is empty.',
    'zh-CN': '{file} 是空文件。',
  },
  FILE_NOT_TEXT: {
    en: '{file} is not a text. A spreadsheet is saved as CSV (UTF-8) first; text files may be packed with gzip.',
    'zh-CN': '{file} 不是文本文件。电子表格请先另存为 CSV（UTF-8）；文本文件可用 gzip 压缩。',
  },
  FILE_DAMAGED: {
    en: '{file} cannot be read to its end: {detail}. What came before stands; importing it again changes nothing twice.',
    'zh-CN': '{file} 无法完整读取：{detail}。之前的内容已生效，重新导入不会重复记录。',
  },
  LINE_TOO_LONG: {
    en: '{file} has a line of more than a million characters after line {line, number}. Is it CSV or JSONL?',
    'zh-CN': '{file} 第 {line, number} 行之后有超过一百万字符的行，请确认是 CSV 或 JSONL。',
  },
  COLUMNS_MISSING: {
    en: '{file} has no column {missing}. It has: {columns}. Name its columns in a mapping file (--mapping FILE.json), see subgraphs/merchants/README.md.',
    'zh-CN':
      '{file} 缺少列 {missing}，现有列：{columns}。请用映射文件（--mapping FILE.json）说明列名，参见 subgraphs/merchants/README.md。',
  },
  MAPPING_NEEDED: {
    en: 'The columns of {file} are not known: {columns}. Say what they mean in a mapping file (--mapping FILE.json), see subgraphs/merchants/README.md.',
    'zh-CN':
      '无法识别 {file} 的列：{columns}。请用映射文件（--mapping FILE.json）说明各列含义，参见 subgraphs/merchants/README.md。',
  },
  MAPPING_NOT_FOUND: {
    en: 'There is no mapping {file}. Name a file, or one of: {names}.',
    'zh-CN': '映射 {file} 不存在，请指定文件或以下之一：{names}。',
  },
  MAPPING_NOT_USABLE: {
    en: 'The mapping {file} cannot be used: {detail}',
    'zh-CN': '映射文件 {file} 无法使用：{detail}',
  },
  MERCHANT_NEEDED: {
    en: 'Who sold what is in {file}? Say it with --merchant "Name" (made when nobody has it) or in the mapping.',
    'zh-CN': '{file} 属于哪个商家？请用 --merchant "名称"（不存在时新建）或在映射文件中说明。',
  },
  MERCHANT_NAME_AMBIGUOUS: {
    en: 'More than one merchant is called {name}. Name its id.',
    'zh-CN': '有多个商家名为 {name}，请使用商家编号。',
  },
  IMPORT_MERCHANT_NOT_FOUND: {
    en: 'There is no merchant with the id {id}. Give a name instead, and it is made.',
    'zh-CN': '不存在编号为 {id} 的商家。也可填写名称，系统将新建商家。',
  },
  IMPORT_REFUSED: {
    en: 'Refused: {message}',
    'zh-CN': '被拒绝：{message}',
  },
  IMPORT_STOPPED: {
    en: 'The import stopped: {detail} What was recorded stands. Run the same command again: it goes on where it stopped.',
    'zh-CN': '导入中断：{detail} 已记录的内容有效，重新运行同一命令即可继续。',
  },
  EXPECTED_NOT_USABLE: {
    en: 'The expected counts in {file} cannot be used: {detail}',
    'zh-CN': '预期数量文件 {file} 无法使用：{detail}',
  },
  EXPECTED_DIFFERS: {
    en: '{field} is not as expected: {found} instead of {expected}.',
    'zh-CN': '{field} 与预期不符：实际为 {found}，预期为 {expected}。',
  },
  REPORT_NOT_WRITABLE: {
    en: 'The report {file} cannot be written: {detail}. Name another place with --report.',
    'zh-CN': '报告 {file} 无法写入：{detail}。请用 --report 指定其他位置。',
  },
  REPORT_IS_SOURCE: {
    en: 'The report would overwrite {file}. Name another place with --report.',
    'zh-CN': '报告会覆盖 {file}，请用 --report 指定其他位置。',
  },
  SUMMARY_IMPORTED: {
    en: '{file} was imported for {merchant}.',
    'zh-CN': '已为 {merchant} 导入 {file}。',
  },
  SUMMARY_DRY_RUN: {
    en: '{file} was checked for {merchant}. Nothing was recorded; this is what an import would do:',
    'zh-CN': '已为 {merchant} 检查 {file}，未作任何记录。正式导入的结果将是：',
  },
  SUMMARY_ROWS: {
    en: '{rows, plural, one {# row} other {# rows}} read, {rejected, number} of them not used.',
    'zh-CN': '共读取 {rows, number} 行，其中 {rejected, number} 行未采用。',
  },
  SUMMARY_ORDERS: {
    en: '{recorded, plural, one {# purchase} other {# purchases}} recorded, {returned, plural, one {# return} other {# returns}}, {unchanged, number} known already; {points, plural, one {# point} other {# points}}.',
    'zh-CN':
      '新增订单 {recorded, number} 笔，退货 {returned, number} 笔，已存在 {unchanged, number} 笔；积分 {points, number} 分。',
  },
  SUMMARY_REPORT: {
    en: 'Each row that was not used, with the reason: {report}',
    'zh-CN': '未采用的各行及原因见：{report}',
  },
  PROGRESS: {
    en: '{rows, number} rows, {percent}% of the file read, {perSecond, number} rows per second',
    'zh-CN': '已处理 {rows, number} 行，文件已读取 {percent}%，每秒 {perSecond, number} 行',
  },
  SUMMARY_DECLARED: {
    en: '{merchant} was made with documents that you declare, good until {day}. Hand in its own until then (submitIssuerDocument).',
    'zh-CN':
      '已新建商家“{merchant}”，其发行资格文件由导入者声明，有效期至 {day}，请在此前提交正式文件（submitIssuerDocument）。',
  },
  SUMMARY_TIME: { en: '{seconds} s', 'zh-CN': '用时 {seconds} 秒' },
};
