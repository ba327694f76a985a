import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';

const URL_MAX = 1_000;

/** A name of this machine. What other names lead to is looked at when they are called. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Refuses an address that is not HTTPS without user and password. In development this machine may be called by HTTP. */
export function checkAddress(url: string, isDevelopment: boolean): InvalidInput | null {
  const refusal = invalidInput('WEBHOOK_URL_NOT_USABLE', 'url', { max: URL_MAX });
  if (url.length > URL_MAX || !URL.canParse(url)) return refusal;
  const { protocol, hostname, username, password, hash } = new URL(url);
  const isSafe =
    protocol === 'https:' || (isDevelopment && protocol === 'http:' && LOOPBACK.test(hostname));
  return isSafe && username === '' && password === '' && hash === '' ? null : refusal;
}
