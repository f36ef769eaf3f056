/** The two courses that every decision curve is read against. */
export function BenefitLegend() {
  return (
    <ul className="modelLegend">
      <li>
        <i className="dash" /> treat all
      </li>
      <li>
        <i className="dash solid" /> treat none
      </li>
    </ul>
  )
}
