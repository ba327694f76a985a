import { sharedWording, type Wording } from '../shared/graphql/wording.ts';

/** What the gateway itself may have to say. `detail` is Apollo's own sentence, which is English. */
export const gatewayWording: Wording = {
  ...sharedWording,
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
  TOO_COMPLEX: {
    en: 'This asks for too much at once ({what}; at most {max}). Ask for smaller pages or fewer levels.',
    'zh-CN': '一次查询的内容过多（{what}，上限 {max}），请减小分页或减少层级。',
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
};
