import { sharedWording, type Wording } from '../shared/graphql/wording.ts';

/** `detail` is Apollo's own sentence, which is English. */
const ownWording = {
  SUBGRAPH_UNAVAILABLE: {
    en: 'A part of the answer is out of reach at the moment. The rest is right. Ask again later.',
    'zh-CN': '部分数据暂时无法获取，其余内容有效，请稍后重试。',
  },
  SUBGRAPH_TIMEOUT: {
    en: 'A part of the answer took too long. Ask again; to change something, with the same key.',
    'zh-CN': '部分数据响应超时，请重试；如为变更操作，请使用相同的幂等键。',
  },
  SUBGRAPH_BAD_RESPONSE: {
    en: 'A part of the answer was not usable. The rest is right. Ask again later.',
    'zh-CN': '部分数据无效，其余内容有效，请稍后重试。',
  },
  GRAPHQL_PARSE_FAILED: {
    en: 'The document is not GraphQL: {detail}',
    'zh-CN': '查询文本不符合 GraphQL 语法：{detail}',
  },
  GRAPHQL_VALIDATION_FAILED: {
    en: 'The document does not fit the graph: {detail}',
    'zh-CN': '查询与图的定义不符：{detail}',
  },
  OPERATION_RESOLUTION_FAILURE: {
    en: 'It is not clear which operation of the document is meant: {detail}',
    'zh-CN': '无法确定要执行的操作：{detail}',
  },
  BAD_REQUEST: {
    en: 'The request cannot be read: {detail}',
    'zh-CN': '请求无法识别：{detail}',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    en: 'Send the document itself: it is not kept here under a hash.',
    'zh-CN': '请直接发送查询文本，此处不按哈希值保存查询。',
  },
  DOCUMENT_TOO_LONG: {
    en: 'The document is too long: at most {max} tokens. Ask in several requests, and put values into variables.',
    'zh-CN': '查询文本过长，上限为 {max} 个词法单元。请分成多次请求，并将参数值放入变量。',
  },
  TOO_MANY_OPERATIONS: {
    en: 'The document holds too many operations: at most {max}. Send only the one that is meant.',
    'zh-CN': '查询文本中的操作过多，上限为 {max} 个。请只发送需要执行的操作。',
  },
  TOO_MANY_FIELDS: {
    en: 'This asks for too many fields, fragments counted: at most {max}. Ask in several requests.',
    'zh-CN': '查询的字段过多（含片段展开），上限为 {max} 个。请分成多次请求。',
  },
  TOO_MANY_ROOT_FIELDS: {
    en: 'This asks for too much at the top: at most {max} fields. Ask in several requests, or use a list with a filter.',
    'zh-CN': '顶层查询字段过多，上限为 {max} 个。请分成多次请求，或使用带筛选条件的列表。',
  },
  TOO_MANY_MUTATIONS: {
    en: 'This does too much at once: at most {max} mutations in a request. Send several requests.',
    'zh-CN': '一次请求的变更操作过多，上限为 {max} 个。请分成多次请求。',
  },
  TOO_MANY_ALIASES: {
    en: 'This has too many aliases, fragments counted: at most {max}. Ask in several requests, or use a list with a filter.',
    'zh-CN': '别名过多（含片段展开），上限为 {max} 个。请分成多次请求，或使用带筛选条件的列表。',
  },
  TOO_MANY_ALLIANCE_LISTS: {
    en: 'This asks for allianceItems too often: at most {max} times in an operation, since each asks many merchants. Ask in several requests.',
    'zh-CN':
      'allianceItems 查询次数过多：每次都要询问多家商家，一个操作中上限为 {max} 次。请分成多次请求。',
  },
  RESERVED_ALIAS: {
    en: 'An alias begins with two underscores, which is kept for GraphQL itself. Choose another name.',
    'zh-CN': '别名以两个下划线开头，该形式为 GraphQL 保留。请更换名称。',
  },
  TOO_MANY_DIRECTIVES: {
    en: 'This has too many directives, fragments counted: at most {max}. Leave out what is not needed instead.',
    'zh-CN': '指令过多（含片段展开），上限为 {max} 个。请直接去掉不需要的字段。',
  },
  TOO_MANY_REPEATS: {
    en: 'This asks for the same fields again and again: at most {max} repeats. Ask for each once.',
    'zh-CN': '重复查询相同字段过多，上限为 {max} 次。每个字段请只查询一次。',
  },
  TOO_DEEP: {
    en: 'This is nested too deep: at most {max} levels of fields. Ask for what is below in a request of its own.',
    'zh-CN': '查询嵌套过深，上限为 {max} 层。请将更深的内容另行查询。',
  },
  TOO_MANY_OBJECTS: {
    en: 'The answer could hold too many objects ({objects}; at most {max}). Ask for smaller pages or fewer lists within lists.',
    'zh-CN': '查询结果可能包含的对象过多（{objects}，上限 {max}）。请减小分页，或减少列表的嵌套。',
  },
  TOO_COSTLY: {
    en: 'This may cost too much work ({cost}; at most {max}). Ask for smaller pages, and for what is worked out, such as counts and liabilities, of fewer.',
    'zh-CN':
      '查询的计算量可能过大（{cost}，上限 {max}）。请减小分页，或减少总数、负债等需要计算的字段。',
  },
  VALUE_TOO_DEEP: {
    en: 'A value is nested too deep: at most {max} levels. Put fewer conditions into one another.',
    'zh-CN': '参数值嵌套过深，上限为 {max} 层。请减少条件的嵌套。',
  },
  TOO_MANY_VALUES: {
    en: 'The variables hold too many values: at most {max}. Send several requests.',
    'zh-CN': '变量中的值过多，上限为 {max} 个。请分成多次请求。',
  },
  LIST_TOO_LONG: {
    en: 'A list in the variables is too long: at most {max} values. Send several requests.',
    'zh-CN': '变量中的列表过长，上限为 {max} 项。请分成多次请求。',
  },
  NUMBER_TOO_LARGE: {
    en: 'A number is too large to be one. Whole numbers go up to 2^53 − 1.',
    'zh-CN': '数值过大，无法表示。整数上限为 2^53 − 1。',
  },
  SCHEMA_NOT_FOR_ROLE: {
    en: 'The schema is shown here to operators, analysts and regulators only. Sign in as one of them, or ask a gateway in development.',
    'zh-CN':
      '此处仅向运营人员、分析人员和监管人员开放结构查询。请以上述角色登录，或在开发环境中查询。',
  },
  NO_SUBSCRIPTIONS: {
    en: 'There are no subscriptions here. Ask a query again instead.',
    'zh-CN': '此处不支持订阅，请改用查询。',
  },
  BODY_TOO_LARGE: {
    en: 'The body of the request is larger than {limit}.',
    'zh-CN': '请求体超过 {limit} 的上限。',
  },
  BODY_NOT_JSON: {
    en: 'The body of the request is not JSON. Send an object with "query" and "variables".',
    'zh-CN': '请求体不是有效的 JSON，请发送包含 "query" 与 "variables" 的对象。',
  },
  BODY_NOT_READABLE: {
    en: 'The body of the request cannot be read. Send JSON in UTF-8 as application/json.',
    'zh-CN': '请求体无法读取，请以 application/json、UTF-8 编码发送 JSON。',
  },
  PURPOSE_NOT_READABLE: {
    en: 'The header X-Tongdui-Purpose takes 1 to 100 printable ASCII characters, such as a case number.',
    'zh-CN': '请求头 X-Tongdui-Purpose 须为 1 至 100 个可打印的 ASCII 字符，例如案件编号。',
  },
  NO_SUCH_ADDRESS: {
    en: 'There is nothing at this address. The graph is at POST /graphql.',
    'zh-CN': '该地址不存在。图的入口为 POST /graphql。',
  },
  TOKEN_INVALID: {
    en: 'The access token is not one that is accepted here. Sign in again.',
    'zh-CN': '访问令牌无效，请重新登录。',
  },
  TOKEN_EXPIRED: {
    en: 'The access token has expired. Sign in again.',
    'zh-CN': '访问令牌已过期，请重新登录。',
  },
  IDENTITY_UNAVAILABLE: {
    en: 'Access tokens cannot be checked at the moment. Ask again later.',
    'zh-CN': '暂时无法验证访问令牌，请稍后重试。',
  },
} satisfies Wording;

/** Names one of the gateway's own sentences. */
export type GatewayReason = keyof typeof ownWording;

/** What the gateway itself may have to say. */
export const gatewayWording: Wording = { ...sharedWording, ...ownWording };
