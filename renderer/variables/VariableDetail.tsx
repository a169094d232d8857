/** All that is known of the variable that is looked at, and what can be done with it. */

import '../app/detail.css';
import { useSituation } from '../model/session-situation.ts';
import { CloseButton } from '../ui/CloseButton.tsx';
import { SmallButton } from '../ui/SmallButton.tsx';
import { copy, insert, nameOf, remove, type VariableRowOf } from './variable-actions.ts';
import { factsOf } from './variable-words.ts';
import { useVariables } from './variables.ts';
import type { Row } from './visible-rows.ts';

const BUSY = 'Python is not at its prompt';

export function VariableDetail({ rows }: { rows: readonly Row[] }) {
  const { active, shown } = useVariables();
  const row = rows.find(({ key }) => key === active);
  if (!shown || row?.kind !== 'variable') return null;
  const { variable } = row;
  return (
    <section className="detail" aria-label="Variable" data-testid="variable">
      <header>
        <h3 className="cut">{variable.name}</h3>
        <span className="space" />
        <CloseButton title="Close (Escape)" onPress={() => useVariables.setState({ shown: false })} />
      </header>
      {factsOf(variable).map((fact) => (
        <p key={fact}>{fact}</p>
      ))}
      <p className="code whole">{variable.text}</p>
      {variable.trouble !== null && <p className="complaint">✕ {variable.trouble}</p>}
      <Actions row={row} />
    </section>
  );
}

function Actions({ row }: { row: VariableRowOf }) {
  const isAtPrompt = useSituation(({ state }) => state === 'idle');
  const name = nameOf(row);
  const why = isAtPrompt ? null : BUSY;
  return (
    <footer className="actions">
      {name !== null && (
        <SmallButton title="Type the name at the prompt" why={why} onPress={() => insert(name)}>
          Insert
        </SmallButton>
      )}
      <SmallButton title="Copy the name" onPress={() => copy(name ?? row.variable.name)}>
        Copy name
      </SmallButton>
      <SmallButton title="Copy the value as it is shown" onPress={() => copy(row.variable.text)}>
        Copy value
      </SmallButton>
      {name !== null && (
        <SmallButton
          title="Delete the name, by a run that can be undone (Delete)"
          why={why}
          onPress={() => remove(name)}
        >
          Delete
        </SmallButton>
      )}
    </footer>
  );
}
