import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personalData } from '../../subgraphs/members/personal-data.ts';

const ours = personalData('p'.repeat(32));
const PLACE = 'members_member.phone';

test('what was encrypted is read back, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const [one, two] = [ours.encrypt(PLACE, value), ours.encrypt(PLACE, value)];
      expect(ours.decrypt(PLACE, one)).toBe(value);
      expect(ours.decrypt(PLACE, two)).toBe(value);
      expect(one).not.toBe(two);
      expect(one).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/);
    }),
  );
});

test('a value that was moved, changed, or sealed under another secret is not read', () => {
  const sealed = ours.encrypt(PLACE, '+8613800138000');
  const [version, iv, text = ''] = sealed.split('.');
  const changed = `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}`;

  expect(() => ours.decrypt('members_member.email', sealed)).toThrow();
  expect(() => ours.decrypt(PLACE, [version, iv, changed].join('.'))).toThrow();
  expect(() => ours.decrypt(PLACE, ['v2', iv, text].join('.'))).toThrow();
  expect(() => personalData('q'.repeat(32)).decrypt(PLACE, sealed)).toThrow();
});

test('an index tells equality, within one place and one secret', () => {
  const index = ours.blindIndex(PLACE, '+8613800138000');

  expect(index).toMatch(/^[0-9a-f]{32}$/);
  expect(ours.blindIndex(PLACE, '+8613800138000')).toBe(index);
  expect(ours.blindIndex(PLACE, '+8613800138001')).not.toBe(index);
  expect(ours.blindIndex('members_member.email', '+8613800138000')).not.toBe(index);
  expect(personalData('q'.repeat(32)).blindIndex(PLACE, '+8613800138000')).not.toBe(index);
});
