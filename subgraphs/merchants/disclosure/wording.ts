import type { Wording } from '../../../shared/graphql/wording.ts';

/** The sentences of what disclosure refuses. */
export const disclosureWording: Wording = {
  TOO_MANY_COMMENTS: {
    en: 'A member comments on one version at most {max} times.',
    'zh-CN': '每位会员对同一版本最多发表 {max} 条意见。',
  },
  NAMES_OUT_OF_RANGE: {
    en: '{field}: name 1 to {max} codes at once.',
    'zh-CN': '{field}：一次命名 1 至 {max} 个代码。',
  },
  CODE_REPEATED: {
    en: '{field}: {code} is named twice. Leave one of them out.',
    'zh-CN': '{field}：{code} 重复命名，请只保留一项。',
  },
  LANGUAGE_NOT_USABLE: {
    en: '{field} must be zh-CN or en, the languages of the disclosure.',
    'zh-CN': '{field} 须为 zh-CN 或 en，即说明文本的语言。',
  },
  DISCLOSURE_DIFFERS: {
    en: '{field} is not of the text of this version in this language. Show the text anew, and let it be read.',
    'zh-CN': '{field} 与该版本该语言的文本不符，请重新展示文本并由会员阅读。',
  },
};
