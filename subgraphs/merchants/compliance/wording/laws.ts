import type { Wording } from '../../../../shared/graphql/wording.ts';

/**
 * Laws with their articles: only those whose text was read. What was read of the law against unfair competition
 * is its text of 2019; that of 2025 counts its articles otherwise.
 */
export const lawWording: Wording = {
  LAW_CONSUMER_25: {
    en: 'Law on the Protection of Consumer Rights and Interests, article 25',
    'zh-CN': '《中华人民共和国消费者权益保护法》第二十五条',
  },
  LAW_CONSUMER_26: {
    en: 'Law on the Protection of Consumer Rights and Interests, article 26',
    'zh-CN': '《中华人民共和国消费者权益保护法》第二十六条',
  },
  LAW_CONSUMER_44: {
    en: 'Law on the Protection of Consumer Rights and Interests, article 44',
    'zh-CN': '《中华人民共和国消费者权益保护法》第四十四条',
  },
  LAW_PRICE_14_4: {
    en: 'Price Law, article 14 (4)',
    'zh-CN': '《中华人民共和国价格法》第十四条第四项',
  },
  LAW_PRICE_FRAUD_19_7: {
    en: 'Provisions on Marked Prices and against Price Fraud, article 19 (7)',
    'zh-CN': '《明码标价和禁止价格欺诈规定》第十九条第七项',
  },
  LAW_COMMERCE_16: {
    en: 'E-Commerce Law, article 16',
    'zh-CN': '《中华人民共和国电子商务法》第十六条',
  },
  LAW_COMMERCE_34: {
    en: 'E-Commerce Law, article 34',
    'zh-CN': '《中华人民共和国电子商务法》第三十四条',
  },
  LAW_PYRAMID_7: {
    en: 'Regulations against Pyramid Selling, article 7',
    'zh-CN': '《禁止传销条例》第七条',
  },
  LAW_FUNDRAISING_19_3: {
    en: 'Regulations on Preventing and Handling Illegal Fund-Raising, article 19 (3)',
    'zh-CN': '《防范和处置非法集资条例》第十九条第三项',
  },
  LAW_PAYMENT_2: {
    en: 'Regulations on Non-Bank Payment Institutions, article 2',
    'zh-CN': '《非银行支付机构监督管理条例》第二条',
  },
  LAW_PAYMENT_15: {
    en: 'Regulations on Non-Bank Payment Institutions, article 15',
    'zh-CN': '《非银行支付机构监督管理条例》第十五条',
  },
  LAW_COMPETITION_8: {
    en: 'Law against Unfair Competition (text of 2019), article 8',
    'zh-CN': '《中华人民共和国反不正当竞争法》（2019年文本）第八条',
  },
  LAW_COMPETITION_10: {
    en: 'Law against Unfair Competition (text of 2019), article 10',
    'zh-CN': '《中华人民共和国反不正当竞争法》（2019年文本）第十条',
  },
};
