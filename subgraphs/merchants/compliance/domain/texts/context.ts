/*
 * Words alone never condemn. A word that a list names is a candidate; whether it states what it names is told
 * by what stands around it: a negation that governs it, or a sentence that warns of it.
 */

/** Negations that govern what follows them. A bare 不 or 无 does not: 不断分红, 无门槛分红. */
const NEGATIONS =
  /(?:不得|不会|不能|不可以|不可|不含|不包含|不包括|不涉及|不属于|不构成|不承诺|不提供|不支付|不产生|不计|不参与|不享有|不享受|不代表|不等于|不等同于|不是|不予|不作|不做|不以|不用于|不与|不具有|不附带|不附|不设|不存在|不支持|不发|不派|不搞|不收|不鼓励|不允许|不接受|也不|亦不|均不|都不|并不|概不|从不|决不|绝不|没有|并无|亦无|也无|均无|绝无|无任何|无权|无须缴纳|无需缴纳|不需缴纳|无需支付|免收|免缴|并非|而非|绝非|均非|亦非|也非|非|禁止|严禁|杜绝|拒绝|谢绝|切勿|请勿|勿|反对|抵制|排除|不)/gu;

/** Between a negation and the word: what turns the sentence round, so that the word is affirmed after all. */
const TURNS =
  /但|却|而是|就能|就可|就有|即可|即能|便可|便能|也能|也可以|都能|都可|照样|仍然|依然|还有|还能|还可|还送|更有|而且|只要|仅需|只需|梦想|错过|失望|后悔|犹豫/u;

/** What looks like a negation and is none. */
const NOT_NEGATIONS =
  /不(?:仅|但|光|只|止|单|断|停|限|愁|怕|错|久|同|论|管|必|用|花|投|上班|出门|劳|费|得不|能不|可不|会不)|非(?:常|凡|同|遗|机动|不)|勿忘|不能错|不可错|不容错|不可思|不可多得|不得了|不是梦|不会让|不可或缺/gu;

/** After the word, in the same clause: 一律禁止, 均不提供, 属于违法. */
const DENIALS =
  /^[^。？，]{0,16}(?:(?:一律|均|都|概|皆|也|亦|并)?(?:不(?:予|提供|支持|允许|存在|适用|得|可以|能|会|受|被|在|构成|属于|享有|参与|涉及|成立)(?!错过|不)|被禁止|禁止|无效|无关|违法|违规|没有关系|非法|不符))/u;

/** A sentence that has one of these speaks of what others did or must not do. */
const WARNINGS =
  /谨防|警惕|防范|提防|打击|查处|举报|诈骗|骗局|受骗|虚假|违法|违规|非法|无效|严禁|禁止|所谓|套取|刷单/gu;

const isDenied = (before: string): boolean =>
  /(?:不是|并非|绝非|非|不属于|没有|不存在|绝无|无|不)$/u.test(before);

/** 好友消费不给您带来提成: a word that spans several may have its negation inside. */
export const isDeniedWithin = (word: string): boolean =>
  /不(?:会|能|可|得|给|予|是|再|计|产生|支付|提供|存在)|没有|并无|绝无/u.test(
    word.replaceAll(NOT_NEGATIONS, '□□'),
  ) && !TURNS.test(word);

/** What a negation has to stand near of: further on it governs something else. */
const REACH = 30;

/**
 * Whether the word at `from` until `until` is denied or warned of.
 *
 * @param han a folded text
 */
export function isDisclaimed(han: string, from: number, until: number, isDenial: boolean): boolean {
  const start = sentenceStart(han, from);
  const end = sentenceEnd(han, until);
  const before = han.slice(start, from);
  const after = han.slice(until, end);
  if (han[end] === '？' || /[吗么]$/u.test(after)) return isAnsweredNo(han.slice(end + 1));
  if (isDenial) return REFUSED_DENIAL.test(before) || DENIAL_REFUSED.test(after);
  return isNegated(before) || isDeniedAfter(after) || isWarnedOf(before, after);
}

/** 概不退还 is a denial itself: only 不得规定“概不退还”, or “概不退还”的条款无效, takes it back. */
const REFUSED_DENIAL =
  /(?:不得|不会|不应|禁止|严禁|不存在|没有|并非|不是|从不|不|谨防|警惕|反对|抵制)(?:再|任何|以任何)?(?:规定|约定|设置|设有|设|使用|出现|作出|含有|写|声称|表述|主张|保留|以|采用|诸如|类似|有)?[^，。]{0,3}$/u;

const DENIAL_REFUSED =
  /^[^。？]{0,14}(?:无效|违法|属于?违规|被禁止|不公平|霸王条款|不受法律|没有法律)|^[^。？]{0,60}(?:条款|规定|约定|表述|字样)[^。？，]{0,6}(?:无效|违法|不公平)/u;

function isNegated(before: string): boolean {
  // A comma ends what a negation governs; the mark of an enumeration does not.
  const clause = before.slice(before.lastIndexOf('，') + 1).replaceAll(NOT_NEGATIONS, '□□');
  const negations = [...clause.matchAll(NEGATIONS)];
  return negations.some((found) => {
    const between = clause.slice(found.index + found[0].length);
    if (between.length > REACH || TURNS.test(between)) return false;
    // Of a bare 不 only the next words: 不分红, 不再有分红.
    if (found[0] === '不') return /^(?:再|进行|作任何|做任何|有|另行|保证|保)?$/u.test(between);
    if (found[0] === '非') return /^(?:法定)?$/u.test(between);
    // 不会让人失望的分红: the negation is part of an attribute.
    return !/(?<!形式|性质|意义上|种类|名义|公司|企业|商家|商户|平台|银行|本行|本店|机构|品牌|方|类型|任何人)的[^、]*$/u.test(
      between,
    );
  });
}

function isDeniedAfter(after: string): boolean {
  const found = DENIALS.exec(after);
  return found !== null && !/不(?:仅|但|只|止|断|错)/u.test(found[0]) && !TURNS.test(found[0]);
}

/** 谨防以“消费返利”为名的诈骗; but 绝非骗局，… denies the warning itself. */
function isWarnedOf(before: string, after: string): boolean {
  if (TURNS.test(before)) return false;
  const sentence = `${before}■${after}`;
  return [...sentence.matchAll(WARNINGS)].some(
    (found) => !isDenied(sentence.slice(0, found.index)) && !/无效退|虚假一赔/u.test(found[0]),
  );
}

const isAnsweredNo = (rest: string): boolean =>
  /^[。，]*(?:答|回答)?[。，]*(?:不|没有|否|并非|无法|禁止)(?!仅|但|只|止|断|错)/u.test(rest) ||
  /^[。，]*no\b/u.test(rest);

/** How far a sentence is read to either side: a text without any end is not read whole for each word. */
const SENTENCE_MAX = 150;

function sentenceStart(han: string, from: number): number {
  const first = Math.max(0, from - SENTENCE_MAX);
  const before = han.slice(first, from);
  return first + Math.max(before.lastIndexOf('。'), before.lastIndexOf('？')) + 1;
}

function sentenceEnd(han: string, until: number): number {
  const after = han.slice(until, until + SENTENCE_MAX);
  const end = after.search(/[。？]/u);
  return until + (end < 0 ? after.length : end);
}

/** The sentence of a folded text in which a word stands. */
export const sentenceAround = (han: string, from: number, until: number): string =>
  han.slice(sentenceStart(han, from), sentenceEnd(han, until));

const ENGLISH_NEGATION =
  /\b(?:not|no|never|without|nor|neither|cannot|can't|don't|doesn't|isn't|aren't|won't|free of|prohibits?|prohibited|forbids?|forbidden|refuses?|excludes?|none of)\b(?! only| just| merely| limited| to be missed)/g;

const ENGLISH_WARNING =
  /\b(?:beware|fraud|scams?|illegal|unlawful|void|invalid|forbidden|prohibited|report (?:it|them)|so called|not allowed|not permitted|never allowed)\b/;

const ENGLISH_TURN =
  /\b(?:but|yet|only|still|just|except|instead)\b|, (?:and )?(?:you|your|members|we)\b/;

const ENGLISH_MAX = 300;

/** The English sentence in which a word stands. A point within a number ends nothing. */
export function englishSentenceAround(lines: string, from: number, until: number): string {
  const before = lines.slice(Math.max(0, from - ENGLISH_MAX), from);
  const after = lines.slice(until, until + ENGLISH_MAX);
  const start = before.replace(/^[\s\S]*(?:[.;!?。！？；](?!\d)|\n)/, '');
  return `${start}${lines.slice(from, until)}${after.replace(/(?:[.;!?。！？；](?!\d)|\n)[\s\S]*$/, '')}`;
}

/** The same for English, whose words are parted by blanks. */
export function isDisclaimedInEnglish(
  lines: string,
  from: number,
  until: number,
  isDenial: boolean,
): boolean {
  const before = lines.slice(Math.max(0, from - ENGLISH_MAX), from).replace(/^[\s\S]*[.;!?\n]/, '');
  const ahead = lines.slice(until, until + ENGLISH_MAX);
  const rest = ahead.search(/[.;!?\n]/);
  const after = rest < 0 ? ahead : ahead.slice(0, rest);
  const end = until + after.length;
  if (lines[end] === '?') return /^\?\s*(?:no|not|never)\b/.test(lines.slice(end));
  if (isDenial)
    return /\b(?:void|invalid|unlawful|illegal|unfair|forbidden|prohibited)\b/.test(after);
  const isNegated = [...before.matchAll(ENGLISH_NEGATION)].some((found) => {
    const between = before.slice(found.index + found[0].length);
    return between.length <= 60 && !ENGLISH_TURN.test(between);
  });
  if (isNegated) return true;
  if (/^[^,]{0,30}\b(?:(?:is|are) (?:not|never)|never|not (?:offered|paid|part))\b/.test(after))
    return true;
  const sentence = `${before} ${after}`;
  return (
    ENGLISH_WARNING.test(sentence) &&
    !/\b(?:not|no|never) (?:a |an )?(?:scam|fraud|illegal)/.test(sentence)
  );
}
