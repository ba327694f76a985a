/** Without 0 and O, 1, I and L, which people take for one another. 31 signs: a prime. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const RANDOM_SIGNS = 15;

/**
 * A new code of 15 random signs (74 bits) and a check sign. `random(n)` gives a number from 0 to
 * n − 1 and must not be guessable: who knows the code has the reward.
 */
export function makeVoucherCode(random: (below: number) => number): string {
  const signs = Array.from({ length: RANDOM_SIGNS }, () => ALPHABET[random(ALPHABET.length)]);
  const body = signs.join('');
  return body + checkSign(body);
}

/**
 * The code as it is kept, of what was typed or scanned: capitals, without blanks and dashes. Null when
 * the check sign does not fit, so a slip of the hand never becomes a question to the database.
 */
export function readVoucherCode(typed: string): string | null {
  if (typed.length > 100) return null;
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  const isForm =
    code.length === RANDOM_SIGNS + 1 && [...code].every((sign) => ALPHABET.includes(sign));
  return isForm && code.endsWith(checkSign(code.slice(0, -1))) ? code : null;
}

/**
 * A weighted sum modulo a prime with a weight of its own for each place: any one wrong sign and any
 * two exchanged signs change it.
 */
function checkSign(body: string): string {
  const total = [...body].reduce(
    (sum, sign, place) => sum + (place + 1) * ALPHABET.indexOf(sign),
    0,
  );
  return ALPHABET.charAt(total % ALPHABET.length);
}
