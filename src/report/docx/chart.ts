import { ImageRun, Paragraph } from "docx";
import type { Chart } from "../../charts/chart.js";
import type { Pictures, Png } from "../document/document.js";
import { largestPicture } from "./layout.js";
import { cleanText, plain } from "./runs.js";

/** Headline, what is measured, the picture in pieces that fit on a page, and how to read it. */
export function chartBody({ title, subtitle, description, notes }: Chart, { png }: Pictures): Paragraph[] {
  return [
    new Paragraph({ style: "ChartTitle", children: [plain(title)] }),
    new Paragraph({ keepNext: true, keepLines: true, children: [plain(`${subtitle}.`)] }),
    ...(png.length === 0
      ? [
          new Paragraph({
            children: [
              plain(
                "The picture is not here, because this document was written without pictures in pixels (--no-png, or none " +
                  "could be made): it is in the folder charts and in the web page. ",
              ),
              plain(description),
            ],
          }),
        ]
      : png.map((picture, at) => pictureParagraph(picture, partAlt(title, description, at, png.length)))),
    ...notes.map((note) => new Paragraph({ children: [plain(note)] })),
  ];
}

/** The first piece says what the whole shows; the others say that they belong to it. */
function partAlt(title: string, description: string, at: number, count: number) {
  const piece = count === 1 ? "" : `, part ${at + 1} of ${count}`;
  return {
    name: cleanText(`${title}${piece}`),
    title: cleanText(`${title}${piece}`),
    description: cleanText(at === 0 ? description : `Continues the chart "${title}"${piece}.`),
  };
}

function pictureParagraph(
  { bytes, width, height }: Png,
  altText: { readonly name: string; readonly title: string; readonly description: string },
): Paragraph {
  const scale = Math.min(1, largestPicture.width / width, largestPicture.height / height);
  return new Paragraph({
    children: [
      new ImageRun({
        type: "png",
        data: bytes,
        transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
        altText,
      }),
    ],
  });
}
