import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { root } from './compose.ts';

const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** One stage of the Dockerfile: its instructions, such as `COPY package.json ./`. */
export type Stage = Readonly<{ name: string; base: string; instructions: readonly string[] }>;

/** The stages, in order. */
export const stages: readonly Stage[] = dockerfile.split(/^(?=FROM )/m).flatMap((part): Stage[] => {
  const [from = '', ...lines] = part.split('\n').filter((line) => /^[A-Z]+ /.test(line));
  const [, base, name] = /^FROM (\S+) AS (\S+)$/.exec(from) ?? [];
  return base && name ? [{ name, base, instructions: lines }] : [];
});

/** The stage of that name. Throws when there is none. */
export function stageOf(name: string): Stage {
  const stage = stages.find((one) => one.name === name);
  if (stage === undefined) throw new Error(`the Dockerfile has no stage ${name}`);
  return stage;
}

/** What a stage takes from the project: pairs of where it is there, and where in the image. */
export const copiesOf = ({ instructions }: Stage): (readonly [from: string, to: string])[] =>
  instructions.flatMap((line) => {
    const [word, ...paths] = line.split(/\s+/);
    if (word !== 'COPY' || paths[0]?.startsWith('--from')) return [];
    const to = paths.pop() ?? '';
    return paths.map((from) => [from, inImage(from, to)] as const);
  });

/** A file goes into a folder by its name, a folder gives what is in it. */
const inImage = (from: string, to: string): string =>
  to === './' && statSync(join(root, from)).isFile() ? `./${from.split('/').at(-1)}` : to;

/** Whether `.dockerignore` keeps a file from the build. The last line that fits it decides. */
export function isLeftOut(file: string): boolean {
  const parts = file.split('/');
  const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return ignored.reduce((isOut, line) => {
    const pattern = globOf(line.replace(/^!/, ''));
    return paths.some((path) => pattern.test(path)) ? !line.startsWith('!') : isOut;
  }, false);
}

/** As Docker reads it: `*` is anything in one name, a first dot included, and `**` any number of folders. */
const globOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('**/', '<>')
      .replaceAll('*', '[^/]*')
      .replaceAll('<>', '(?:.*/)?')}$`,
  );

/** What an image of that stage has of the project, in a folder of its own under the folder for temporary files. */
export function imageOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `tongdui-image-${name}-`));
  for (const [from, to] of copiesOf(stageOf(name))) {
    const target = join(folder, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, from), target, {
      recursive: true,
      filter: (path) => !isLeftOut(relative(root, path)),
    });
  }
  return folder;
}

/** Gives it packages, if not as few as the image has. */
export function withPackages(folder: string): string {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The files below a folder. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );

export const removeImage = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true });
