import { describe, expect, test } from 'vitest';
import { blindIndex, open, seal } from '../../shared/secrets.ts';

const root = 'r'.repeat(32);

describe('a sealed text', () => {
  test('opens where it was sealed, and nowhere else', () => {
    const sealed = seal(root, 'members_member.phone', '+8613800138000');

    expect(open(root, 'members_member.phone', sealed)).toBe('+8613800138000');
    expect(sealed).not.toContain('138');
    expect(() => open(root, 'members_member.other', sealed)).toThrow();
    expect(() => open('x'.repeat(32), 'members_member.phone', sealed)).toThrow();
  });

  test('is refused when a single sign of it was changed', () => {
    const sealed = seal(root, 'a.b', '中文 😀');
    for (let at = 0; at < sealed.length; at += 1) {
      const sign = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${sign}${sealed.slice(at + 1)}`;
      // The last sign of base64url may carry bits that mean nothing.
      if (
        Buffer.from(changed.split('.')[2] ?? '', 'base64url').equals(
          Buffer.from(sealed.split('.')[2] ?? '', 'base64url'),
        ) &&
        at > sealed.lastIndexOf('.')
      )
        continue;
      expect(() => open(root, 'a.b', changed), `${at}`).toThrow();
    }
  });

  test('differs each time, while its index is the same at one place only', () => {
    expect(seal(root, 'a.b', 'x')).not.toBe(seal(root, 'a.b', 'x'));
    expect(blindIndex(root, 'a.b', 'x')).toBe(blindIndex(root, 'a.b', 'x'));
    expect(blindIndex(root, 'a.b', 'x')).not.toBe(blindIndex(root, 'a.c', 'x'));
    expect(blindIndex(root, 'a.b', 'x')).toMatch(/^[0-9a-f]{32}$/);
  });
});
