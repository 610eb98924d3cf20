import { textWidth, wrapText } from "./text-width.js";
import { lineHeight, pictureWidth, textSize } from "./theme.js";

/** What a row of a chart is about: a level of a characteristic, both as a reader is to see them. */
export interface Group {
  readonly characteristic: string;
  readonly level: string;
}

/** A characteristic's stretch of the picture: its name, then its levels. Pixels from the plot's top. */
export interface Block {
  readonly characteristic: string;
  /** Middle of the name's line. */
  readonly nameAt: number;
  /** Where the name's line begins, and the rows below it. */
  readonly nameTop: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlacedRow extends Group {
  /** The level's name as it stands in the picture, broken into lines. */
  readonly label: readonly string[];
  /** Middle of the row. */
  readonly at: number;
  readonly bottom: number;
}

/** Where everything of a chart with a row for each group stands, in pixels. */
export interface RowLayout {
  readonly rows: readonly PlacedRow[];
  readonly blocks: readonly Block[];
  /** Of the names, left of the plot. */
  readonly labelWidth: number;
  readonly plotWidth: number;
  readonly height: number;
}

const widestLabel = 250;
const labelGap = 14;
const nameHeight = 34;
const rowGap = 6;

/**
 * Gives each group a row under its characteristic's name, in the order given, and each name the lines that it needs. The
 * height grows with the rows; the width is that of a page.
 *
 * @param groups - those of one characteristic next to each other
 * @param options.markHeight - what a row's marks need, in pixels
 * @param options.rightMargin - what stands right of the plot, in pixels
 * @param options.alignWith - groups whose names the labels leave room for, so that parts of a picture line up; default `groups`
 */
export function layOutRows(
  groups: readonly Group[],
  options: {
    readonly markHeight: number;
    readonly rightMargin: number;
    readonly alignWith?: readonly Group[];
  },
): RowLayout {
  const rows: PlacedRow[] = [];
  const blocks: Block[] = [];
  let y = 0;
  for (const { characteristic, level } of groups) {
    let block = blocks.at(-1);
    if (block?.characteristic !== characteristic) {
      const top = y + nameHeight;
      block = { characteristic, nameAt: top - lineHeight / 2 - 3, nameTop: y, top, bottom: top };
      blocks.push(block);
      y += nameHeight;
    }
    const label = wrapText(level, { width: widestLabel, size: textSize });
    const height = Math.max(options.markHeight, label.length * lineHeight) + rowGap;
    rows.push({ characteristic, level, label, at: y + height / 2, bottom: y + height });
    y += height;
    blocks[blocks.length - 1] = { ...block, bottom: y };
  }
  const widths = (options.alignWith ?? groups).flatMap(({ characteristic, level }) => [
    ...wrapText(level, { width: widestLabel, size: textSize }).map((line) =>
      textWidth(line, { size: textSize }),
    ),
    textWidth(characteristic, { size: textSize, weight: 600 }),
  ]);
  const labelWidth = Math.ceil(Math.max(...widths)) + labelGap;
  return { rows, blocks, labelWidth, plotWidth: pictureWidth - labelWidth - options.rightMargin, height: y };
}
