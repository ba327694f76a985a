import { type Mutant, mutantsIn } from './mutant.ts';

const SIGNED = 'on SQLite … nothing is signed that contradicts what was signed before';
const WITNESS =
  'is believed with the signatures of witnesses, and not with a broken one of its own';
const EDITED = 'on SQLite … D4: any single value that is changed is found out';
const REMOVED = 'on SQLite … D4: any row that is removed is found out';
const OUTSIDE = 'on SQLite … rows that are added behind the back of the chain are found out';
const EXPORTED = 'every line that is changed, removed or moved is found out';

const checkpoints: readonly Mutant[] = [
  ...mutantsIn('proof/checkpoints.ts', 'proof', [
    [
      'checkpoint: none over books that end before the last one',
      '  if (earlier.size > size) {',
      '  if (earlier.size < 0) {',
      SIGNED,
    ],
    [
      'checkpoint: none over books that were changed',
      '  if ((await blockRoot(reader, earlier.size)) !== earlier.root) {',
      "  if ((await blockRoot(reader, earlier.size)) === '') {",
      SIGNED,
    ],
    [
      'checkpoint: what was signed outside counts',
      'for (const earlier of [signed, latest === null ? null : readCheckpoint(latest.note)]) {',
      'for (const earlier of [latest === null ? null : readCheckpoint(latest.note)]) {',
      SIGNED,
    ],
    [
      'checkpoint: kept outside first',
      '    if (signed?.size !== size) await appendNote(folder, made.recordedAt, made.note);\n',
      '    void appendNote;\n',
      'on SQLite … the head of the books is signed when it has moved, outside of the database too',
    ],
  ]),
  ...mutantsIn('proof/checkpoint-files.ts', 'proof', [
    [
      'checkpoint: what was cut off never looks whole',
      "const ending = size > 0 && last.toString() !== '\\n' ? ' (cut off)\\n\\n' : '';",
      "const ending = '';",
      'on SQLite … what was cut off in the file is passed over',
    ],
  ]),
  ...mutantsIn('proof/note.ts', 'proof', [
    ['note: it is signed at all', 'own.length > 0 && ', '', WITNESS],
  ]),
  ...mutantsIn('proof/note.ts', 'proof-belts', [
    [
      'note: every signature of its own is good',
      'own.every((isGood) => isGood)',
      'own.some((isGood) => isGood)',
      'a note with a good and a broken signature of one name is not believed',
    ],
    [
      'note: a verifier key has no slip',
      "  if (keyId.toString('hex') !== id) throw",
      "  if (id === '') throw",
      'a verifier key with a slip is none',
    ],
    [
      'note: signed under the right name',
      'line.name === name && ',
      '',
      'a note that is signed under another name is not believed',
    ],
  ]),
];

const verifying: readonly Mutant[] = [
  ...mutantsIn('domain/journal-check.ts', 'verify-books', [
    [
      'verify: a block seals what stands in it',
      '      if (sealed[field] === stated[field]) continue;',
      '      if (stated.height > 0) continue;',
      EDITED,
    ],
  ]),
  ...mutantsIn('domain/journal-check.ts', 'verify-books-chain', [
    [
      'verify: the end is not missing',
      '    if (largest === undefined) return;\n',
      '    if (largest !== 0) return;\n',
      'on SQLite … D4: an end that was cut off with all that followed from it is found out by a checkpoint',
    ],
  ]),
  ...mutantsIn('domain/journal-check.ts', 'proof-belts', [
    [
      'verify: an entry is at its place',
      '      const isPlaced = entry.seq === due.firstSeq + index && entry.recordedMs === recordedMs;',
      '      const isPlaced = entry.seq > index - index;',
      'a block over an entry that has the number of another one is found out',
    ],
    [
      'verify: the blocks are those that were signed',
      'next.size === this.#tree.size && toHex(this.#tree.root()) === next.root',
      'next.size === this.#tree.size',
      'a journal that was made again with other entries is not the one that was signed',
    ],
    [
      'verify: time only goes on',
      '      recordedMs > this.lastMs,\n',
      '      recordedMs > 0,\n',
      'blocks whose time goes back are found out',
    ],
  ]),
  ...mutantsIn('queries/verify-books.ts', 'proof-belts', [
    [
      'verify: answers are in their order',
      "    'answers that are out of order': await misnumbered('points_command', 'block', 'ordinal'),\n",
      '',
      'an answer that has the place of none in its block is found out',
    ],
  ]),
  ...mutantsIn('queries/verify-books.ts', 'verify-books', [
    [
      'verify: the head is that of the chain',
      'head.height !== end.height || head.hash !== end.hash',
      'head.height < 0',
      EDITED,
    ],
    [
      'verify: the next entry follows the last one',
      'head?.nextSeq !== end.nextSeq || head.lastMs !== end.lastMs',
      'head === undefined',
      EDITED,
    ],
    [
      'verify: an entry stands in its block',
      '      if (entry.block !== block.height) {',
      '      if (entry.block < 0) {',
      EDITED,
    ],
    [
      'verify: what there is now follows from the journal',
      '  problems.push(...(await verifyState(reader, check.replay)));\n',
      '',
      EDITED,
    ],
    [
      'verify: covers follow from the journal',
      '  problems.push(...(await verifyCovers(reader, check.replay)));\n',
      '',
      EDITED,
    ],
  ]),
  ...mutantsIn('queries/verify-books.ts', 'verify-books-chain', [
    [
      'verify: the tree is that of the blocks',
      '  problems.push(...(await verifyBlockTree(reader, check)));\n',
      '',
      'on SQLite … a part of the tree over the blocks that is not that of its blocks is found out',
    ],
    [
      'verify: nothing is outside of the chain',
      '  problems.push(...(await verifyNothingOutside(reader, check)));\n',
      '',
      OUTSIDE,
    ],
    [
      'verify: postings are of entries',
      "    postings: (await count('points_posting')) - replay.postings,\n",
      '',
      OUTSIDE,
    ],
    [
      'verify: parts of returns are of entries',
      "    'parts of returns': (await count('points_reversal')) - replay.reversals,\n",
      '',
      OUTSIDE,
    ],
    [
      'verify: answers are of blocks',
      "    answers: await count('points_command WHERE block > ? OR block < 1', [height]),\n",
      '',
      OUTSIDE,
    ],
    [
      'verify: blocks are of the chain',
      "    blocks: await count('points_block WHERE height > ? OR height < 1 OR shard <> 0', [height]),\n",
      '',
      OUTSIDE,
    ],
    ['verify: one head', "    heads: (await count('points_chain_head')) - 1,\n", '', OUTSIDE],
  ]),
  ...mutantsIn('queries/verify-books.ts', 'verify-clearing', [
    [
      'verify: clearing follows from the journal',
      '  problems.push(...(await verifyClearing(reader, check.nextSeq).catch(unlessSaid(check))));\n',
      '  void unlessSaid;\n',
      'on SQLite … D4: any value of clearing that follows from the journal is found out',
    ],
    [
      'verify: notices are not ahead of the books',
      '  problems.push(...(await verifyNotices(reader, check.replay, nowMs)));\n',
      '  void nowMs;\n',
      'on SQLite … what people said has to fit together',
    ],
  ]),
  ...mutantsIn('proof/verify-clearing.ts', 'verify-clearing', [
    [
      'verify: every claim is under its line',
      '      ...burnProblems(stored, found, due),\n',
      '      ...burnProblems(stored, [], due),\n',
      'on SQLite … D4: any value of clearing that follows from the journal is found out',
    ],
    [
      'verify: nothing of clearing is of no cycle',
      '      .filter(({ rows }) => rows !== 0)\n',
      '      .filter(({ rows }) => rows > 1_000_000)\n',
      'on SQLite … D4: any value of clearing that follows from the journal is found out',
    ],
  ]),
  ...mutantsIn('proof/compare-rows.ts', 'verify-books', [
    [
      'verify: every column of a row',
      '      .filter((column) => !isSame(stored[column], row[column]))\n',
      '      .filter((column) => stored[column] === undefined)\n      .filter(() => isSame)\n',
      EDITED,
    ],
    [
      'verify: no row is missing',
      `    return [...this.#due.keys()].map((text) => \`\${this.#table} \${text}: is missing\`);\n`,
      '    return [];\n',
      REMOVED,
    ],
  ]),
  ...mutantsIn('proof/compare-rows.ts', 'verify-books-chain', [
    [
      'verify: no row too many',
      '    const row = this.#due.get(text) ?? (isAllowed(stored) ? stored : undefined);\n',
      '    const row = this.#due.get(text) ?? (isAllowed(stored) ? stored : stored);\n',
      OUTSIDE,
    ],
  ]),
  ...mutantsIn('programmes/queries/verify-covers.ts', 'cover', [
    [
      'verify: no cover is missing',
      `    problems.push(\`the cover of \${text.replace('\\n', ' in ')} is missing\`);\n`,
      '    void text;\n',
      'on SQLite … a removal that is forged, or taken back past the ledger, is found out',
    ],
  ]),
  ...mutantsIn('programmes/queries/verify-covers.ts', 'verify-books', [
    [
      'verify: what is open of a cover',
      '    if (open !== cover.open) {',
      '    if (open < 0) {',
      EDITED,
    ],
    [
      'verify: a cover is what was said last',
      '    if (own.length !== version || !isGapless(own) || !isSaid) {',
      '    if (version < 0) {',
      EDITED,
    ],
  ]),
  ...mutantsIn('proof/verify-stored.ts', 'verify-books', [
    [
      'verify: a checkpoint is what its note says',
      '    if (is !== due) problems.push(',
      '    if (is === due) void (',
      EDITED,
    ],
  ]),
];

const exporting: readonly Mutant[] = [
  ...mutantsIn('proof/verify-export.ts', 'export', [
    [
      'export: a checkpoint has to be signed',
      '    if (verifier === null || isSignedBy(verifier, note)) return [head];\n',
      '    return [head];\n',
      'on SQLite … an end that was cut off is found out by a checkpoint',
    ],
    [
      'export: its end is not missing',
      '  if (check.problems.length < PROBLEMS_MAX) check.end();\n',
      '',
      'on SQLite … an end that was cut off is found out by a checkpoint',
    ],
    [
      'export: its beginning is not missing',
      '    if (check.height === 0 && block.stated.height > 1) {',
      '    if (check.height < 0) {',
      'on SQLite … an archive and what comes after it prove the books together',
    ],
  ]),
  ...mutantsIn('proof/export-lines.ts', 'export', [
    [
      'export: answers are hashed as they stand',
      'hash: toHex(sha256(text)) };',
      'hash: stated.answersHash };',
      EXPORTED,
    ],
  ]),
  ...mutantsIn('proof/read-chunk.ts', 'verify-threads', [
    [
      'export: no block is cut off in the middle of a part',
      '    if (rest < buffer.length - 1 || assembly.isBegun) wrongLine = assembly.line + 1;\n',
      '    void rest;\n',
      'an export says the same read in parts of any size, whatever was changed in it',
    ],
  ]),
  ...mutantsIn('proof/read-chunks.ts', 'verify-threads', [
    [
      'export: a part that is wrong is an error',
      '    if (read.wrongLine !== null) throw new WrongLine(file, before + read.wrongLine);\n',
      '    void WrongLine;\n',
      'threads find what one finds, and where',
    ],
  ]),
  ...mutantsIn('proof/export-lines.ts', 'proof-belts', [
    [
      'export: no block is cut off in the middle',
      `    if (this.isBegun) throw new Error(\`\${this.#file} ends in the middle of a block\`);\n`,
      '',
      'a file of an export that ends in the middle of a block is none',
    ],
  ]),
  ...mutantsIn('proof/read-export.ts', 'proof-belts', [
    [
      'export: it was finished',
      '    if (!names.includes(CHECKPOINT_FILE)) {',
      '    if (names.length < 0) {',
      'an export that was not finished is none',
    ],
  ]),
  ...mutantsIn('proof/rebuild.ts', 'rebuild', [
    [
      'rebuild: a journal that is not in order is not made books of',
      '    if (check.problems.length > 0) return done();\n',
      '',
      'on SQLite … a journal that is not in order is not made books of',
    ],
    [
      'rebuild: only into an empty database',
      '  if ((await readHead(into.reader))?.height !== 0) {',
      '  if ((await readHead(into.reader)) === null) {',
      'on SQLite … books that are made again from the journal equal the live ones',
    ],
  ]),
];

export const proof: readonly Mutant[] = [...checkpoints, ...verifying, ...exporting];
