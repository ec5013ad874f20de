/// The board's look: colours of both themes, the frame of a page, and how it is printed.
enum Stylesheet {
    static let text = colours + frame + parts + tables + drawings + narrow + print

    private static let colours = """
        :root {
          color-scheme: light;
          --ground: #f4f6f8; --surface: #ffffff; --raised: #f9fafb; --text: #18202b;
          --quiet: #525c69; --line: #d5dbe2; --strong-line: #aab4c0; --accent: #0a559e;
          --accent-ground: #e7f0fa; --met: #0b6639; --missed: #ad2018; --running: #3a5578;
          --late: #854600; --none: #5a6470; --met-fill: #2c9c62; --missed-fill: #d5493f;
          --running-fill: #6f93bf; --track: #e3e8ee; --mark: #18202b;
        }
        :root[data-theme="dark"] {
          color-scheme: dark;
          --ground: #10151c; --surface: #181f29; --raised: #1e2733; --text: #e7ebf1;
          --quiet: #a9b3c0; --line: #303b49; --strong-line: #536173; --accent: #86bcff;
          --accent-ground: #1d3049; --met: #64d69d; --missed: #ff988f; --running: #a9c2e4;
          --late: #f4b763; --none: #a9b3c0; --met-fill: #37a36d; --missed-fill: #d9544a;
          --running-fill: #6d8fbb; --track: #2b3542; --mark: #f2f5f9;
        }
        @media (prefers-color-scheme: dark) {
          :root[data-theme="auto"] {
            color-scheme: dark;
            --ground: #10151c; --surface: #181f29; --raised: #1e2733; --text: #e7ebf1;
            --quiet: #a9b3c0; --line: #303b49; --strong-line: #536173; --accent: #86bcff;
            --accent-ground: #1d3049; --met: #64d69d; --missed: #ff988f; --running: #a9c2e4;
            --late: #f4b763; --none: #a9b3c0; --met-fill: #37a36d; --missed-fill: #d9544a;
            --running-fill: #6d8fbb; --track: #2b3542; --mark: #f2f5f9;
          }
        }

        """

    private static let frame = """
        * { box-sizing: border-box; }
        html { font-size: 100%; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
        body {
          margin: 0; background: var(--ground); color: var(--text); line-height: 1.5;
          font-family: "Be Vietnam Pro", "Inter", "Segoe UI", "Noto Sans", "DejaVu Sans", system-ui, sans-serif;
          font-size: .9375rem; font-variant-numeric: tabular-nums; overflow-wrap: break-word;
        }
        a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
        a:hover { text-decoration-thickness: 2px; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        main:focus { outline: none; }
        .skip { position: absolute; left: -999rem; padding: .75rem 1rem; background: var(--surface); z-index: 9; }
        .skip:focus { left: .5rem; top: .5rem; }
        .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .sprite { position: absolute; }
        .banner {
          display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .25rem 1.5rem; align-items: center;
          padding: .7rem clamp(1rem, 3vw, 2.5rem) 0; background: var(--surface); border-bottom: 1px solid var(--line);
        }
        .brand { display: flex; gap: .9rem; align-items: baseline; min-width: 0; }
        .name { font-weight: 700; font-size: 1.125rem; letter-spacing: -.01em; color: var(--text); text-decoration: none; }
        a.name { padding: .25rem 0; }
        .campaign { color: var(--quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .brand { grid-area: 1 / 1; } .tools { grid-area: 1 / 2; } .sections { grid-area: 2 / 1 / 3 / -1; }
        .sections ul { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0 0 0 -.75rem; padding: 0; list-style: none; }
        .sections a {
          display: block; padding: .55rem .75rem .6rem; color: var(--quiet); text-decoration: none;
          border-bottom: 3px solid transparent; font-weight: 500;
        }
        .sections a:hover { color: var(--text); }
        .sections a[aria-current] { color: var(--text); border-bottom-color: var(--accent); font-weight: 650; }
        .tools { display: flex; flex-wrap: wrap; gap: .35rem .9rem; align-items: center; justify-content: flex-end; }
        .tools form, .filter { display: flex; flex-wrap: wrap; gap: .45rem; align-items: center; }
        .choice, .who button { display: inline-flex; align-items: center; min-height: 2rem; }
        .principal { color: var(--text); }
        input, select, button {
          font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--strong-line);
          border-radius: 5px; min-height: 2rem; padding: .2rem .6rem; max-width: 100%;
        }
        input[type="search"] { width: 12rem; }
        button { background: var(--accent-ground); border-color: var(--accent); color: var(--accent); font-weight: 600; cursor: pointer; }
        label { color: var(--quiet); }
        .lede { margin: 0 0 .9rem; color: var(--quiet); max-width: 75rem; }
        .lede strong { color: var(--text); }
        main { padding: 1.1rem clamp(1rem, 3vw, 2.5rem) 2rem; max-width: 120rem; margin: 0 auto; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .6rem; letter-spacing: -.015em; text-wrap: balance; }
        h2 { font-size: 1.0625rem; margin: 1.6rem 0 .6rem; }
        h3 { font-size: .875rem; margin: 0; font-weight: 600; line-height: 1.35; }
        .trail ol { display: flex; flex-wrap: wrap; gap: .1rem .5rem; list-style: none; margin: 0 0 .35rem; padding: 0; font-size: .875rem; }
        .trail li:not(:last-child)::after { content: "/"; margin-left: .5rem; color: var(--quiet); }
        .trail a { padding: .2rem 0; display: inline-block; }
        .quiet, .note { color: var(--quiet); }
        .foot { padding: 1rem clamp(1rem, 3vw, 2.5rem) 1.75rem; border-top: 1px solid var(--line); font-size: .8125rem; max-width: 120rem; margin: 0 auto; }
        .foot p { margin: .15rem 0; }
        #live { font-weight: 600; }
        .sign-in { display: grid; place-items: center; min-height: 100vh; }
        .sign-in main { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 2rem; width: min(26rem, calc(100vw - 2rem)); }
        .sign-in form { display: grid; gap: .6rem; }
        .sign-in input { min-height: 2.6rem; }
        .sign-in button { min-height: 2.6rem; }
        .sign-in .quiet, .sign-in .name { margin: 0; }

        """

    private static let parts = """
        .icon { width: 1em; height: 1em; fill: currentColor; flex: none; vertical-align: -.12em; margin-right: .3em; }
        .state { display: inline-flex; align-items: center; font-weight: 600; white-space: nowrap; }
        .state.small { font-size: .8125rem; font-weight: 500; }
        .met { color: var(--met); } .missed { color: var(--missed); } .running { color: var(--running); }
        .late { color: var(--late); } .none, .unknown { color: var(--none); }
        .cards ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: .75rem; list-style: none; margin: 0; padding: 0; }
        .card { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: .8rem .95rem .75rem; color: var(--text); display: flex; flex-direction: column; }
        .card h3 { min-height: 2.7em; }
        .card h3 a { color: inherit; text-decoration-color: var(--strong-line); }
        .card p { margin: 0; } .card .figure { margin-top: .3rem; }
        .card .note { font-size: .8125rem; }
        .card .bar { margin: .35rem 0 .5rem; }
        .figure { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .8rem; margin: .1rem 0 .4rem; }
        .big { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; font-weight: 700; }
        .facts { display: flex; flex-wrap: wrap; gap: .5rem 1.75rem; margin: 0 0 1rem; }
        .facts dt { font-size: .8125rem; color: var(--quiet); }
        .facts dd { margin: 0; font-weight: 550; }
        td .facts { margin: .3rem 0 0; font-size: .8125rem; gap: .2rem 1rem; }
        .ways { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .9rem; }
        .ways a, .pager a { display: inline-flex; align-items: center; min-height: 2rem; }
        .filter { margin: 0 0 .8rem; }
        .tabs ul { display: flex; flex-wrap: wrap; gap: .35rem; list-style: none; margin: 0 0 .75rem; padding: 0; }
        .tabs a { display: inline-flex; align-items: center; min-height: 2rem; padding: .15rem .75rem; border: 1px solid var(--line); border-radius: 999px; text-decoration: none; background: var(--surface); }
        .tabs a[aria-current] { background: var(--accent-ground); border-color: var(--accent); font-weight: 650; }
        .pager { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; margin: .6rem 0; color: var(--quiet); }
        .warning { display: flex; align-items: center; gap: .2rem; color: var(--late); font-weight: 600; margin: 0 0 .8rem; }
        .nothing { color: var(--quiet); padding: .9rem 1rem; background: var(--surface); border: 1px dashed var(--strong-line); border-radius: 8px; }
        .counts { display: flex; flex-wrap: wrap; gap: .75rem; list-style: none; padding: 0; margin: 0 0 1rem; }
        .count { display: grid; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .95rem; min-width: 9.5rem; color: var(--text); }
        .count strong { font-size: 1.5rem; line-height: 1.2; }
        .legend { color: var(--quiet); font-size: .8125rem; max-width: 60rem; }
        .legend p { margin: .5rem 0; }
        .notes { margin: 0; padding-left: 1rem; font-size: .8125rem; color: var(--quiet); }
        .rule { font-weight: 600; white-space: nowrap; }
        .cite, .star { color: var(--quiet); }
        .star { margin-left: .1em; }
        summary { cursor: pointer; color: var(--accent); min-height: 1.75rem; display: inline-flex; align-items: center; }
        section ul { padding-left: 1.15rem; }

        """

    private static let tables = """
        .scroll { position: relative; overflow-x: auto; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
        table { border-collapse: separate; border-spacing: 0; width: 100%; }
        caption { text-align: left; padding: .55rem .8rem; color: var(--quiet); font-size: .8125rem; }
        th, td { text-align: left; padding: .45rem .75rem; vertical-align: top; border-top: 1px solid var(--line); }
        thead th { font-size: .8125rem; font-weight: 600; vertical-align: bottom; background: var(--raised); line-height: 1.35; }
        tbody th { font-weight: 550; text-wrap: balance; }
        tbody th a, .calendar a { text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
        .titled caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        table.slim { width: auto; min-width: 30rem; }
        tbody tr:hover > * { background: var(--raised); }
        .num { text-align: right; white-space: nowrap; }
        .under { display: block; font-size: .8125rem; font-weight: 400; color: var(--quiet); }
        .board th[scope="row"], .ranks th[scope="row"] { min-width: 12.5rem; }
        .board th[scope="row"] { position: sticky; left: 0; background: var(--surface); z-index: 1; border-right: 1px solid var(--line); }
        .board thead th:first-child { position: sticky; left: 0; z-index: 2; border-right: 1px solid var(--line); }
        .board tbody tr:hover th { background: var(--raised); }
        .board td { min-width: 6.6rem; }
        .board th, .board td { padding-inline: .55rem; }
        .board thead a { white-space: nowrap; }
        .board .rate { font-weight: 650; font-size: 1rem; color: var(--text); text-decoration-color: var(--strong-line); }
        .board .bar, .wide .bar { margin: .15rem 0 .1rem; display: block; }
        .wide .bar { min-width: 6rem; }
        td .state + .state { margin-left: .6rem; }
        .calendar { table-layout: fixed; min-width: 46rem; }
        .calendar td { height: 5.2rem; border-left: 1px solid var(--line); padding: .35rem .5rem; font-size: .8125rem; }
        .calendar td:first-child { border-left: 0; }
        .calendar .other { background: var(--ground); }
        .calendar .today { box-shadow: inset 0 0 0 2px var(--accent); }
        .calendar time { font-weight: 650; }
        .calendar ul { list-style: none; margin: .15rem 0 0; padding: 0; display: grid; gap: .1rem; }
        .calendar li { line-height: 1.35; display: flex; align-items: baseline; }
        .calendar li a { display: inline-block; min-height: 1.5rem; }
        .calendar .more { color: var(--quiet); }

        """

    private static let drawings = """
        .bar { display: block; width: 100%; height: .55rem; }
        .bar .track { fill: var(--track); }
        .bar .fill { fill: var(--running-fill); }
        .bar.met .fill { fill: var(--met-fill); }
        .bar.missed .fill { fill: var(--missed-fill); }
        .bar .limit { fill: var(--mark); }
        .bar .expected { fill: var(--mark); opacity: .55; }
        .chart { margin: .5rem 0 1.25rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; max-width: 62rem; }
        .chart svg { display: block; width: 100%; height: auto; overflow: visible; }
        .chart figcaption { color: var(--quiet); font-size: .875rem; margin-top: .4rem; }
        .chart details { margin-top: .4rem; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .axis { fill: var(--quiet); font-size: 11.5px; }
        .chart .limit { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 7 4; }
        .limit-text { fill: var(--text); font-size: 11.5px; font-weight: 600; paint-order: stroke; stroke: var(--surface); stroke-width: 4px; }
        .chart .expected { fill: none; stroke: var(--quiet); stroke-width: 1.25; }
        .way { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; }
        .forecast { fill: none; stroke: var(--accent); stroke-width: 1.75; stroke-dasharray: 2 4; }
        .band { fill: var(--accent); opacity: .14; }
        .point { fill: var(--surface); stroke: var(--accent); stroke-width: 2; }
        .value { fill: var(--text); font-size: 13px; font-weight: 700; paint-order: stroke; stroke: var(--surface); stroke-width: 4px; }

        """

    private static let narrow = """
        @media (max-width: 46rem) {
          .banner { grid-template-columns: minmax(0, 1fr); }
          .brand { grid-area: 1 / 1; } .tools { grid-area: 2 / 1; } .sections { grid-area: 3 / 1; min-width: 0; }
          main, .scroll { min-width: 0; }
          .tools { justify-content: flex-start; }
          .campaign { white-space: normal; font-size: .8125rem; }
          .brand { flex-wrap: wrap; gap: 0 .75rem; }
          .sections ul { flex-wrap: nowrap; overflow-x: auto; }
          .sections a { white-space: nowrap; padding-inline: .6rem; }
          .cards ul { grid-template-columns: minmax(0, 1fr); }
          .card h3 { min-height: 0; }
          .board th[scope="row"] { min-width: 8rem; max-width: 9rem; }
          th, td { padding: .4rem .6rem; }
          input[type="search"] { width: 9rem; }
        }
        @media (min-width: 100rem) { body { font-size: 1.0625rem; } }
        @media (prefers-reduced-motion: no-preference) { a, button { transition: color .1s, background-color .1s; } }
        @media (forced-colors: active) { .bar .fill { fill: Highlight; } .bar .track { fill: Canvas; stroke: CanvasText; } }

        """

    private static let print = """
        @media print {
          @page { size: A4 landscape; margin: 12mm 10mm; }
          :root, :root[data-theme] {
            color-scheme: light; --ground: #fff; --surface: #fff; --raised: #fff; --text: #000; --quiet: #333;
            --line: #999; --strong-line: #666; --accent: #000; --met: #000; --missed: #000; --running: #000;
            --late: #000; --none: #333; --met-fill: #777; --missed-fill: #333; --running-fill: #aaa;
            --track: #eee; --mark: #000;
          }
          body { font-size: 8.5pt; background: #fff; }
          .sections, .tools, .filter, .tabs, .pager, .skip, .trail, summary { display: none; }
          .banner { border: 0; padding: 0 0 2mm; }
          main, .foot { padding: 0; max-width: none; }
          a { color: inherit; text-decoration: none; }
          .scroll { overflow: visible; border: 0; }
          .card, .chart, .count { break-inside: avoid; }
          .cards ul { grid-template-columns: repeat(5, 1fr); gap: 2mm; }
          .card { padding: 2mm; }
          .big { font-size: 13pt; }
          h1 { font-size: 14pt; } h2 { margin-top: 4mm; break-after: avoid; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
          th, td { padding: 1mm 1.5mm; }
          .board th[scope="row"], .board thead th:first-child { position: static; }
          .board td { min-width: 0; } .board th[scope="row"] { min-width: 42mm; }
          .board th, .board td { padding: .8mm 1.2mm; } .state.small, .under { font-size: 7pt; }
          .board .rate { font-size: 8.5pt; }
          .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; height: 1.6mm; }
        }

        """
}
