/** Bars on one axis, which begins at nothing. */

/** A bar. */
export interface AxisBar {
  readonly name: string;
  readonly value: number;
  /** The value as it is written. */
  readonly text: string;
  /** Told apart from the others. */
  readonly striped?: boolean;
}

/** The bars, each with its name and its value before it; the axis below them. */
export function OneAxis({ bars }: { bars: readonly AxisBar[] }) {
  const most = bars.reduce((most, bar) => bar.value > most.value ? bar : most);
  return (
    <table class="one-axis">
      <tbody>
        {bars.map(({ name, value, text, striped }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="value">{text}</td>
            <td class="room">
              <div
                class={striped ? "bar striped" : "bar"}
                style={{ width: `${100 * value / (most.value || 1)}%` }}
              />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td colSpan={2} />
          <td>
            <div class="ruler">
              <span>0</span>
              <span>{most.text}</span>
            </div>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
