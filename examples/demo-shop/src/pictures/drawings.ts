import { creamJar, dropper, pump, soap, tube } from './beauty-things.ts';
import { dress, skirt, trousers } from './bottoms.ts';
import { backpack, cap, sneaker, socks, tote } from './carried.ts';
import { candle, cushion, folded, lamp, poster, vase } from './home-things.ts';
import { board, bowls, kettle, mug, pot, tumbler } from './kitchen-things.ts';
import { coat, jacket, windbreaker } from './outerwear.ts';
import { letter, notebook, pen, pencils, pouch, tape } from './paper-things.ts';
import { bear, blocks, dumbbell, foodJar, mat, paperBag } from './play-things.ts';
import { type Look, picture } from './studio.ts';
import { knit, shirt, tee } from './tops.ts';

export const drawings = {
  shirt,
  tee,
  knit,
  jacket,
  coat,
  windbreaker,
  trousers,
  skirt,
  dress,
  tote,
  backpack,
  cap,
  socks,
  sneaker,
  candle,
  cushion,
  lamp,
  vase,
  folded,
  poster,
  mug,
  bowls,
  kettle,
  pot,
  board,
  tumbler,
  dropper,
  creamJar,
  tube,
  soap,
  pump,
  bear,
  blocks,
  mat,
  dumbbell,
  foodJar,
  paperBag,
  notebook,
  pen,
  pencils,
  tape,
  pouch,
  letter,
} as const;
export type DrawingKind = keyof typeof drawings;

/** The whole SVG document. */
export function drawPicture(look: Look & { readonly kind: DrawingKind }): string {
  return picture(look, drawings[look.kind]);
}
