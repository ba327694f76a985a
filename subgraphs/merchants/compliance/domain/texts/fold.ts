/**
 * Traditional characters of the lists, and what they are in simplified script, in pairs. Only characters that
 * a list has are needed: the rest of a text is never compared.
 */
const SIMPLIFIED = [
  '並并乾干併并侷局係系俱具個个們们倣仿値值備备傢家傭佣僅仅價价償偿優优儲储兌兑內内兩两冊册凍冻別别則则創创動动務务勞劳勵励區区協协卻却卽即參参員员問问單单嗎吗噹当嚮向嚴严圖图團团埰采執执報报場场',
  '増增夠够夢梦夥伙奬奖學学寫写寶宝專专對对層层屬属師师帳账帶带幣币幹干幾几廢废廣广廻回張张強强彆别彈弹後后從从復复態态憑凭懃勤應应戲戏戶户戸户捲卷掙挣掛挂採采換换搆构摺折擊击擔担擬拟敗败數数斷断',
  '於于昇升時时曏向曬晒書书會会東东査查條条棄弃棗枣業业構构槍枪樂乐樣样機机檯台檻槛權权欵款歩步歸归決决沒没減减滿满漲涨潤润澇涝為为無无煙烟營营爲为狀状猶犹獎奖獨独獲获現现環环產产産产異异當当發发',
  '盃杯眞真瞭了確确碼码礦矿禮礼稅税種种稱称積积穩稳穫获筆笔箇个範范糰团約约紅红納纳級级細细終终結结絕绝絡络給给統统絶绝經经綠绿綫线維维網网綵彩緑绿線线編编緻致績绩繫系繳缴續续纔才罣挂羣群義义翫玩',
  '聯联聲声臺台與与舉举舖铺荳豆菸烟萬万著着葯药薦荐藉借藍蓝藥药藷薯處处虛虚號号蛻蜕術术裏里補补裡里製制複复覈核見见規规視视訂订計计記记訟讼設设許许訴诉註注証证詐诈評评話话認认說说説说調调請请論论',
  '諸诸諾诺謂谓謝谢謹谨證证議议護护變变讓让負负財财貨货責责買买貸贷費费貼贴資资賠赔賣卖質质賬账賺赚購购賽赛贈赠贏赢跤交跼局踰逾車车軍军輕轻轉转辦办辯辩迴回週周進进遊游運运過过達达違违適适遺遗還还',
  '邊边郵邮醫医釋释釦扣銀银銷销鋪铺錄录錢钱錯错録录錶表鎗枪鏈链長长門门閉闭間间関关關关陞升隊队隨随險险隻只雙双電电靜静頁页項项須须預预領领頭头顆颗題题額额類类顧顾風风颱台颳刮養养餘余館馆餽馈饋馈',
  '駐驻駕驾騙骗驗验體体髮发鬆松鬚须麵面麼么麽么黃黄點点齣出',
].join('');

const simplified = new Map<string, string>();
const pairs = [...SIMPLIFIED];
for (let index = 0; index + 1 < pairs.length; index += 2) {
  simplified.set(pairs[index] ?? '', pairs[index + 1] ?? '');
}

/** What a text is compared as: in one script, one width and one case. */
export type Folded = Readonly<{
  /** Letters, digits, `%`, and of the punctuation only what ends something: `。` `？` `，` `、`. */
  han: string;
  /** `han` without punctuation, and where each of its characters stands in `han`. */
  closed: string;
  places: readonly number[];
  /** With single blanks and all punctuation, for languages that part words by blanks. */
  latin: string;
  /** The same with the ends of lines, which end sentences. */
  lines: string;
}>;

/**
 * Folds a text so that neither script, width, case, invisible characters, nor blanks or marks put between
 * characters hide a word: NFKC, small letters, traditional characters as simplified ones, format characters
 * and combining marks away, and syllables in brackets that annotate a character.
 */
export function fold(text: string): Folded {
  const plain = [...text.normalize('NFKC').toLowerCase().normalize('NFKC')]
    .map((character) => simplified.get(character) ?? character)
    .join('')
    .replaceAll(/\p{Cf}|(?<=\p{Script=Han})\p{Mn}/gu, '')
    .replaceAll(/(?<=\p{Script=Han}[\s·]{0,2})\([\s·a-zà-ǜ]{1,20}\)/gu, '');
  const han = [...plain].map(keptOf).join('');
  const places: number[] = [];
  let closed = '';
  for (let index = 0; index < han.length; index += 1) {
    const unit = han.charAt(index);
    if (/[。？，、]/.test(unit)) continue;
    places.push(index);
    closed += unit;
  }
  const lines = linesOf(plain);
  return { han, closed, places, latin: lines.replaceAll('\n', ' '), lines };
}

function keptOf(character: string): string {
  if (/[\p{L}\p{N}%]/u.test(character)) return character;
  if (/[。!;\n\r｡]/u.test(character)) return '。';
  if (character === '?') return '？';
  if (/[,:…—]/u.test(character)) return '，';
  if (/[、､]/u.test(character)) return '、';
  return '';
}

/** `d.i.v.i.d.e.n.d` and `d i v i d e n d` are words as well. */
const linesOf = (plain: string): string =>
  plain
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/\b[a-z]([\s.\-*_·])(?:[a-z]\1){2,}[a-z]\b/g, (spelt) =>
      spelt.replaceAll(/[^a-z]/g, ''),
    )
    .replaceAll(/(?<=[a-z])[*_·.](?=[a-z])/g, '')
    .replaceAll(/[-‐‑–]/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .replaceAll(/[^\S\n]+/g, ' ');
