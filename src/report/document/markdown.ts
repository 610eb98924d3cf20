import type { Nodes, PhrasingContent, Root, RootContent, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import type { ProseBlock, Run } from "./prose.js";

/** Markdown as it was read, and what of it is not shown as it was meant. */
export interface ReadMarkdown {
  readonly blocks: readonly ProseBlock[];
  /** A sentence each, with the line. */
  readonly notes: readonly string[];
}

/**
 * Reads Markdown (CommonMark and tables) into paragraphs, lists and tables. HTML is shown as the text that it is, a picture
 * as its text alternative, a link only where it leads to the web or to a mail address: each is noted.
 *
 * @param text - the file's text
 * @see https://spec.commonmark.org/0.31.2/
 */
export function readMarkdown(text: string): ReadMarkdown {
  const root: Root = fromMarkdown(text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"), {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const reader = new Reader(root);
  return { blocks: reader.blocks(root.children), notes: reader.notes };
}

type Style = Omit<Run, "text">;

class Reader {
  readonly notes: string[] = [];
  readonly #addresses: ReadonlyMap<string, string>;

  constructor(root: Root) {
    // The first of a name counts (CommonMark 4.7), also one inside a quotation or a list.
    this.#addresses = new Map([...definitions(root)].reverse());
  }

  blocks(nodes: readonly RootContent[]): ProseBlock[] {
    return nodes.flatMap((node) => this.#block(node));
  }

  #block(node: RootContent): ProseBlock[] {
    switch (node.type) {
      case "heading": {
        const level = Math.min(node.depth, 3) as 1 | 2 | 3;
        return [{ kind: "heading", level, runs: this.#runs(node.children, {}) }];
      }
      case "paragraph":
        return [{ kind: "paragraph", runs: this.#runs(node.children, {}) }];
      case "list":
        return [
          {
            kind: "list",
            ordered: node.ordered === true,
            items: node.children.map((item) => this.blocks(item.children)),
          },
        ];
      case "blockquote":
        return [{ kind: "quote", blocks: this.blocks(node.children) }];
      case "code":
        return [{ kind: "code", text: node.value }];
      case "html":
        this.#note(node, "HTML is shown as text");
        return [{ kind: "code", text: node.value }];
      case "table":
        return [this.#table(node)];
      // A line between paragraphs says nothing, and a definition stands where a link names it.
      default:
        return [];
    }
  }

  #table(node: Table): ProseBlock {
    const [header = [], ...rows] = node.children.map((row) =>
      row.children.map((cell) => this.#runs(cell.children, {})),
    );
    const width = header.length;
    return {
      kind: "table",
      header,
      rows: rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? [])),
    };
  }

  #runs(nodes: readonly PhrasingContent[], style: Style): Run[] {
    return nodes.flatMap((node): Run[] => {
      switch (node.type) {
        case "text":
          // A line end in the file is a blank; one that is meant is a node of its own.
          return [{ ...style, text: node.value.replaceAll("\n", " ") }];
        case "strong":
          return this.#runs(node.children, { ...style, strong: true });
        case "emphasis":
          return this.#runs(node.children, { ...style, emphasis: true });
        case "inlineCode":
          return [{ ...style, code: true, text: node.value }];
        case "break":
          return [{ ...style, text: "\n" }];
        case "link":
          return this.#link(node, node.url, node.children, style);
        case "linkReference":
          return this.#link(node, this.#addresses.get(node.identifier) ?? "", node.children, style);
        case "image":
        case "imageReference":
          this.#note(node, "a picture is shown as its text alternative");
          return [{ ...style, text: node.alt ?? "" }];
        case "html":
          this.#note(node, "HTML is shown as text");
          return [{ ...style, code: true, text: node.value }];
        default:
          return [];
      }
    });
  }

  #link(node: Nodes, url: string, children: readonly PhrasingContent[], style: Style): Run[] {
    if (/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(url)) return this.#runs(children, { ...style, href: url });
    this.#note(node, "a link that leads neither to the web nor to a mail address is shown as text");
    return this.#runs(children, style);
  }

  #note(node: Nodes, what: string): void {
    this.notes.push(`${what} (line ${node.position?.start.line ?? "?"})`);
  }
}

/** Names that links are given by, with their addresses, in the order of the file. */
function* definitions(node: Nodes): Generator<readonly [name: string, address: string]> {
  if (node.type === "definition") yield [node.identifier, node.url];
  if ("children" in node) for (const child of node.children) yield* definitions(child);
}
