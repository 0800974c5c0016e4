extension LedgerPage {
  /// The style sheet, for light and dark schemes, narrow and wide screens, and paper.
  static let style = """
    :root { --paper: #f4f6f8; --card: #fff; --ink: #1f2933; --faint: #5b6773; --line: #dde3e8; --sure: #1f6fb2;
      --likely: #b97a00; --unsure: #c8441a; --likely-fill: #f0b429; --good: #1b7f4b; --bad: #b3261e; --code: #eaeef2; }
    @media (prefers-color-scheme: dark) { :root { --paper: #12171c; --card: #1b2229; --ink: #e6ebf0; --faint: #9aa8b5;
      --line: #313b45; --sure: #5aa9ea; --likely: #f0b429; --unsure: #f0804f; --good: #58c08a; --bad: #f28b82; --code: #28323c; } }
    * { box-sizing: border-box; }
    body { font: 16px/1.5 system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; color: var(--ink);
      background: var(--paper); margin: 0 auto; padding: 1.5rem; max-width: 68rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 0 0 .25rem; } p { margin: .25rem 0; }
    .faint { color: var(--faint); font-size: .9rem; }
    section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem; margin: 1rem 0; }
    .banner { display: flex; justify-content: space-between; gap: 1rem; margin: .75rem 0 0; padding: .6rem 1rem;
      border-radius: 10px; border-left: 6px solid; background: var(--card); font-weight: 600; }
    .banner span { font-weight: 400; color: var(--faint); }
    .banner.good { border-color: var(--good); color: var(--good); } .banner.bad { border-color: var(--bad); color: var(--bad); }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.2rem, 1fr)); gap: 1rem 1rem; }
    .tiles b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .tiles span { color: var(--faint); font-size: .85rem; line-height: 1.3; display: block; }
    .list { list-style: none; margin: .75rem 0 0; padding: 0; }
    .list li { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .75rem; margin: .6rem 0; }
    .list li.bad { border-color: var(--bad); } .list li.good { border-color: var(--good); }
    .tag { font-size: .8rem; border: 1px solid var(--line); border-radius: 99px; padding: .05rem .5rem; }
    code { font: .82em ui-monospace, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: .1em .35em; }
    table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .92rem; }
    th { text-align: left; font-weight: 600; color: var(--faint); } th, td { padding: .3rem .6rem .3rem 0; vertical-align: top; }
    tr + tr { border-top: 1px solid var(--line); } .number { text-align: right; font-variant-numeric: tabular-nums; }
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .9rem; margin-top: .75rem; }
    figure { margin: 0; display: flex; flex-direction: column; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
    figure svg, .none { display: block; width: 100%; aspect-ratio: 4 / 3; background: var(--code); }
    .none { display: grid; place-items: center; color: var(--faint); font-size: .85rem; }
    figcaption { padding: .45rem .6rem .55rem; line-height: 1.35; } figcaption b { font-size: 1.1rem; }
    figcaption small, figcaption small.faint { display: block; font-size: .78rem; }
    .share { font-size: .8rem; font-weight: 600; margin-left: .25rem; }
    .share.sure { color: var(--sure); } .share.likely { color: var(--likely); } .share.unsure { color: var(--unsure); }
    figure rect { fill: none; stroke: var(--sure); stroke-width: 2px; vector-effect: non-scaling-stroke; }
    figure rect.rim { stroke: #fff; stroke-width: 4px; opacity: .6; }
    .histogram { width: 100%; height: auto; margin-top: .5rem; } .histogram text { font-size: 11px; fill: var(--faint); }
    .histogram .tick { font-size: 13px; fill: var(--ink); } .histogram line { stroke: var(--faint); }
    .histogram .sure { fill: var(--sure); } .histogram .likely { fill: var(--likely-fill); } .histogram .unsure { fill: var(--unsure); }
    @media (max-width: 30rem) { body { padding: .75rem; } section { padding: .8rem; } .histogram text { font-size: 20px; }
      .histogram .tick { font-size: 26px; } .cards { grid-template-columns: 1fr 1fr; gap: .6rem; } .tiles { grid-template-columns: 1fr 1fr; } }
    @media print { :root { --paper: #fff; --card: #fff; --ink: #000; --faint: #444; --line: #bbb; --sure: #1f6fb2;
      --likely: #b97a00; --unsure: #c8441a; --good: #1b7f4b; --bad: #b3261e; --code: #eee; } body { padding: 0; font-size: 11pt; max-width: none; }
      section { border: 0; padding: 0; margin: 1.2rem 0; } figure, .list li, tr, .histogram { break-inside: avoid; }
      h2 { break-after: avoid; } .cards { grid-template-columns: repeat(6, 1fr); } * { print-color-adjust: exact; } }
    """
}
