import { describe, expect, test } from 'vitest';
import { readConfig } from '../../shared/config.ts';
import { keysOf } from '../../subgraphs/keys.ts';

describe('the configuration', () => {
  test('needs nothing to be given in development', () => {
    expect(readConfig({})).toMatchObject({ TONGDUI_PORT: 4000, NODE_ENV: 'development' });
  });

  test('an empty variable is one that is not given', () => {
    expect(readConfig({ TONGDUI_PORT: '' }).TONGDUI_PORT).toBe(4000);
  });

  test('a misspelt setting is an error that names the right ones', () => {
    expect(() => readConfig({ TONGDUI_PROT: '1' })).toThrow(/TONGDUI_PROT.*TONGDUI_PORT/s);
  });

  test.each([
    ['TONGDUI_PORT', 'many'],
    ['TONGDUI_PORT', '70000'],
    ['TONGDUI_DATABASE_URL', 'postgres://localhost/x'],
    ['TONGDUI_CURSOR_KEY', 'short'],
    ['NODE_ENV', 'prod'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });

  test('production does not start without its keys', () => {
    const config = readConfig({ NODE_ENV: 'production' });

    expect(() => keysOf(config)).toThrow('TONGDUI_PERSONAL_KEY');
  });
});
