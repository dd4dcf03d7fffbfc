import type { RgbBytes } from '../../../client-sdk/src/color/index.ts';

/** What a taster calls a colour of liquor, dry leaf or infused leaf. */
export interface TeaWord {
  zh: string;
  en: string;
  /** A colour that bears the word without doubt, in sRGB. */
  example: RgbBytes;
}

const word = (zh: string, en: string, hex: string): TeaWord => {
  const value = Number.parseInt(hex.slice(1), 16);
  return { zh, en, example: [value >> 16, (value >> 8) & 255, value & 255] };
};

/**
 * Words of tea tasting for liquor, dry and infused leaf; GB/T 14487 (vocabulary of tea sensory evaluation) is where most come
 * from. It defines them by words alone, so the colours beside them are our own reading. After the last comment come colours
 * that no tea has: something else in the picture, which gets its plain name.
 */
export const teaWords: readonly TeaWord[] = [
  // Near neutral: clear liquor in a white cup, white tips, dull and black leaf
  word('清亮', 'clear, near colourless', '#f4f3ee'),
  word('银白', 'silvery white', '#d6d4cb'),
  word('灰白', 'greyish white', '#b4b2a9'),
  word('灰暗', 'dull grey', '#868580'),
  word('灰褐', 'greyish brown', '#6f655a'),
  word('灰黑', 'greyish black', '#4a4845'),
  word('乌黑', 'jet black', '#1b1a19'),
  // Green
  word('浅绿', 'pale green', '#dde6b9'),
  word('嫩绿', 'tender green', '#c6d67c'),
  word('杏绿', 'apricot green', '#e4e2a6'),
  word('翠绿', 'jade green', '#76a13d'),
  word('黄绿', 'yellowish green', '#b5b84a'),
  word('蜜绿', 'honey green', '#cdc785'),
  word('灰绿', 'greyish green', '#8d967d'),
  word('砂绿', 'sandy green', '#75784b'),
  word('青绿', 'fresh green', '#5c8a52'),
  word('深绿', 'deep green', '#4b6a31'),
  word('墨绿', 'ink green', '#2c3b25'),
  word('青褐', 'greenish brown', '#564f33'),
  // Yellow
  word('浅黄', 'pale yellow', '#f5e7b0'),
  word('象牙色', 'ivory', '#efe5cf'),
  word('嫩黄', 'tender yellow', '#e9dc7d'),
  word('绿黄', 'greenish yellow', '#d3c64f'),
  word('黄亮', 'bright yellow', '#f0cf3c'),
  word('浅杏黄', 'pale apricot', '#f6dfb4'),
  word('杏黄', 'apricot', '#eec783'),
  word('蜜黄', 'honey yellow', '#d9b45a'),
  word('金黄', 'golden yellow', '#e3a82a'),
  word('深黄', 'deep yellow', '#bb932d'),
  word('枯黄', 'withered yellow', '#ad9a63'),
  word('暗黄', 'dull yellow', '#8b7737'),
  word('黄褐', 'yellowish brown', '#8d6636'),
  // Orange
  word('浅橙黄', 'light orange yellow', '#f0b66b'),
  word('橙黄', 'orange yellow', '#e49a3a'),
  word('琥珀色', 'amber', '#c67a22'),
  word('姜黄', 'ginger', '#c08f55'),
  word('橙红', 'orange red', '#cc5a1e'),
  word('粉红', 'pinkish', '#dba58f'),
  // Red
  word('浅红', 'light red', '#d97a55'),
  word('红艳', 'brilliant red', '#c22e12'),
  word('红亮', 'bright red', '#a53c1d'),
  word('深红', 'deep red', '#7a1b0f'),
  word('紫红', 'purplish red', '#602031'),
  word('棕红', 'russet', '#94502d'),
  word('紫铜色', 'copper', '#9a5f4b'),
  // Brown
  word('栗红', 'chestnut red', '#733822'),
  word('红褐', 'reddish brown', '#593026'),
  word('棕褐', 'brown', '#684527'),
  word('栗褐', 'chestnut brown', '#4a3122'),
  word('黑褐', 'blackish brown', '#30261f'),
  // No tea
  word('亮绿', 'vivid green', '#2fc64a'),
  word('淡青', 'pale cyan', '#bfe6e2'),
  word('青色', 'cyan', '#2ab5b0'),
  word('深青', 'deep teal', '#1d4f50'),
  word('淡蓝', 'pale blue', '#bcd2ec'),
  word('灰蓝', 'greyish blue', '#6c7f95'),
  word('蓝色', 'blue', '#2f6fd0'),
  word('宝蓝', 'royal blue', '#2b45c2'),
  word('深蓝', 'deep blue', '#1a2a66'),
  word('淡紫', 'pale violet', '#cdbce8'),
  word('紫色', 'violet', '#7d3fb0'),
  word('深紫', 'deep violet', '#3a1a52'),
  word('洋红', 'magenta', '#e23fae'),
  word('玫红', 'rose', '#d8306a'),
  word('淡粉', 'pale pink', '#f3d3d6'),
  word('大红', 'vivid red', '#f0201c'),
];

/** The word whose example is nearest; `difference` tells how far two colours (sRGB bytes) are from each other. */
export function nearestTeaWord(color: RgbBytes, difference: (one: RgbBytes, other: RgbBytes) => number): TeaWord {
  let nearest = teaWords[0]!;
  let least = Infinity;
  for (const candidate of teaWords) {
    const distance = difference(color, candidate.example);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}
