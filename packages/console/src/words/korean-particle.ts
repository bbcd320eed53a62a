/** Pairs by what the word before ends in: consonant first, vowel second. */
const pairs = {
  '은/는': ['은', '는'],
  '이/가': ['이', '가'],
  '을/를': ['을', '를'],
  '과/와': ['과', '와'],
  '으로/로': ['으로', '로'],
  '이어야/여야': ['이어야', '여야'],
  '이었/였': ['이었', '였'],
} as const;
export type ParticlePair = keyof typeof pairs;

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
const finals = 28;
/** Final number of ㄹ within a syllable's 28; before 으로/로 it behaves like a vowel. */
const rieul = 8;

/** As digits are read aloud: 영, 일, 이, 삼 … */
const digitFinal: Readonly<Record<string, 'none' | 'rieul' | 'other'>> = {
  '0': 'other',
  '1': 'rieul',
  '2': 'none',
  '3': 'other',
  '4': 'none',
  '5': 'none',
  '6': 'other',
  '7': 'rieul',
  '8': 'rieul',
  '9': 'none',
};

function finalOf(word: string): 'none' | 'rieul' | 'other' {
  const last = word.replace(/[^\p{L}\p{N}%]+$/u, '').at(-1);
  if (last === undefined) {
    return 'none';
  }
  const code = last.codePointAt(0) ?? 0;
  if (code >= firstSyllable && code <= lastSyllable) {
    const final = (code - firstSyllable) % finals;
    return final === 0 ? 'none' : final === rieul ? 'rieul' : 'other';
  }
  const digit = digitFinal[last];
  if (digit !== undefined) {
    return digit;
  }
  // Latin words are read by ear; l, m and n are the endings that nearly always close the syllable.
  const letter = last.toLowerCase();
  return letter === 'l' ? 'rieul' : letter === 'm' || letter === 'n' ? 'other' : 'none';
}

/** The particle alone, as the word asks for it: `particle('쿠폰', '을/를')` is `을`. */
export function particle(word: string, pair: ParticlePair): string {
  const final = finalOf(word);
  const [afterConsonant, afterVowel] = pairs[pair];
  const countsAsVowel = final === 'none' || (pair === '으로/로' && final === 'rieul');
  return countsAsVowel ? afterVowel : afterConsonant;
}

export function withParticle(word: string, pair: ParticlePair): string {
  return `${word}${particle(word, pair)}`;
}
