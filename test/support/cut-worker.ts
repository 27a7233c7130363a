import { seededRandom } from '../../src/base/random.ts';
import { type CutPart, cutPower } from './power-cuts.ts';

/** A process that makes its share of the cuts of a recorded run; told by `cutSideBySide`, which it answers with its verdict. */
process.once('message', (part: CutPart) => {
  void cutPower({ ...part, random: seededRandom(part.share.seed) }).then((verdict) => process.send?.(verdict, () => process.disconnect()));
});
