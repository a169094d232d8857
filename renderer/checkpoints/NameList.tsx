/** Names one by one, with what became of each. */

import './names.css';
import type { NameLine } from '../../electron/contract/checkpoint-news.ts';
import { sizeText } from '../../electron/wording/sizes.ts';
import { howWord } from './card-words.ts';

export function NameList({ names }: { names: readonly NameLine[] }) {
  return (
    <ul className="names">
      {names.map((line) => (
        <Name key={line.name} line={line} />
      ))}
    </ul>
  );
}

function Name({ line }: { line: NameLine }) {
  const { name, how, type, size, words } = line;
  return (
    <li className={how}>
      <div className="line">
        <span className="code cut" title={name}>
          {name}
        </span>
        <span className="type cut" title={type}>
          {type}
        </span>
        <span className="space" />
        {how !== 'saved' && <span className="how">{howWord(line)}</span>}
        {size > 0 && <span className="size">{sizeText(size)}</span>}
      </div>
      {words !== null && <div className="why">{words}</div>}
    </li>
  );
}
