/** Runs in a thread: reads, parses and hashes chunks of an export. */
import { answerJobs } from '../../../shared/threads.ts';
import { movedOf } from './packed-blocks.ts';
import { type Chunk, type ReadChunk, readChunk } from './read-chunk.ts';

answerJobs<Chunk, ReadChunk>(async (chunk) => {
  const answer = await readChunk(chunk);
  return { answer, moved: movedOf(answer) };
});
