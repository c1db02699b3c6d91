/** Pictures are XML, and a browser shows nothing of one that is not well-formed. */

/** Why the text is not well-formed XML of the plain kind that we write; undefined when it is. */
export function xmlFault(svg: string): string | undefined {
  const tag = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>/y;
  const text = /(?:[^<&]|&(?:amp|lt|gt|quot|#\d+);)+/y;
  const open: string[] = [];
  for (let at = 0; at < svg.length;) {
    text.lastIndex = tag.lastIndex = at;
    const skipped = text.exec(svg);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    const found = tag.exec(svg);
    if (!found) return `no tag and no text: ${JSON.stringify(svg.slice(at, at + 60))}`;
    const [whole, closing, name, , empty] = found;
    if (closing && open.pop() !== name) return `</${name}> closes nothing`;
    if (!closing && !empty) open.push(name);
    at += whole.length;
  }
  return open.length > 0 ? `<${open.at(-1)}> is not closed` : undefined;
}
