/** The variables: what each name of the session stands for, and what is inside of it. */

import './variables.css';
import { useMemo } from 'react';
import { useSituation } from '../model/session-situation.ts';
import { CloseButton } from '../ui/CloseButton.tsx';
import { VariableDetail } from './VariableDetail.tsx';
import { VariableGrid } from './VariableGrid.tsx';
import { leaveOnEscape } from './variable-keys.ts';
import { remarkWords } from './variable-words.ts';
import { useVariables } from './variables.ts';
import { visibleRows } from './visible-rows.ts';

export function VariablesPane() {
  const { news, open, folded, filter, sorting } = useVariables();
  const { variables } = news;
  const rows = useMemo(
    () => visibleRows({ variables, open, folded, filter, sorting }),
    [variables, open, folded, filter, sorting],
  );
  return (
    <section
      tabIndex={-1}
      className="pane variables"
      aria-label="Variables"
      data-testid="variables"
      onKeyDown={leaveOnEscape}
    >
      {variables.length === 0 ? (
        <Nothing />
      ) : (
        <>
          <Filter />
          <Remark />
          {rows.length > 0 ? (
            <VariableGrid rows={rows} />
          ) : (
            <p className="nothing">No name or type has this in it.</p>
          )}
          <VariableDetail rows={rows} />
        </>
      )}
    </section>
  );
}

function Nothing() {
  const failure = useVariables(({ news }) => news.failure);
  if (failure !== null) return <p className="nothing">{failure}</p>;
  return (
    <p className="nothing">
      What your names stand for will be here; <kbd>x = 1</kbd> in the console makes the first.
    </p>
  );
}

function Filter() {
  const filter = useVariables((view) => view.filter);
  return (
    <div className="filter">
      <input
        className="field"
        type="text"
        value={filter}
        placeholder="Filter by name or type"
        aria-label="Filter the variables"
        spellCheck={false}
        onChange={({ target }) => useVariables.setState({ filter: target.value })}
      />
      {filter !== '' && (
        <CloseButton label="Show all variables" onPress={() => useVariables.setState({ filter: '' })} />
      )}
    </div>
  );
}

/** That these are the values of before, or not all that could be told. */
function Remark() {
  const news = useVariables((view) => view.news);
  const { state, run } = useSituation();
  const words = remarkWords(news, state, run);
  return (
    <p className="remark" role="status">
      {words}
    </p>
  );
}
