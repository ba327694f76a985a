import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Remembered } from '../../../gateway/foreign/remembered.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'tongdui-remembered-')), 'kept');
  folders.push(folder);
  return folder;
};

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const composition = {
  platform: [{ name: 'members', sdl: 'type Query { a: Int }' }],
  candidates: [{ prefix: 'Shop', sdl: 'type Query { b: Int }' }],
  alone: 'schema',
};

describe('a supergraph that was proven', () => {
  test('is found again for the same contracts and for no others', () => {
    const remembered = new Remembered(newFolder());
    expect(remembered.find(composition)).toBeNull();

    remembered.keep(composition, 'whole');

    expect(remembered.find(composition)).toBe('whole');
    const [shop] = composition.candidates;
    for (const other of [
      { ...composition, platform: [{ name: 'members', sdl: 'type Query { a: String }' }] },
      { ...composition, candidates: [{ prefix: 'Shop', sdl: 'type Query { b: String }' }] },
      { ...composition, candidates: [{ prefix: 'Other', sdl: shop?.sdl ?? '' }] },
      { ...composition, candidates: [...composition.candidates, { prefix: 'B', sdl: '' }] },
      { ...composition, alone: 'another' },
    ]) {
      expect(remembered.find(other)).toBeNull();
    }
  });

  test('is kept where only this user reads it, and not for ever', () => {
    const folder = newFolder();
    const remembered = new Remembered(folder);

    for (let each = 0; each < 12; each += 1) {
      remembered.keep({ ...composition, alone: String(each) }, 'whole');
    }

    expect(readdirSync(folder)).toHaveLength(8);
    expect(remembered.find({ ...composition, alone: '11' })).toBe('whole');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('is composed again where nothing can be kept', () => {
    const folder = newFolder();
    writeFileSync(folder, 'no folder');
    chmodSync(folder, 0o400);
    const remembered = new Remembered(folder);

    remembered.keep(composition, 'whole');

    expect(remembered.find(composition)).toBeNull();
  });
});
