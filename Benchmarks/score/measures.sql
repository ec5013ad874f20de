-- All measures of the sample's plan on a day, unit by unit, as one query over these relations (days as numbers since 1970):
--   units(id, code, level), cases(id, unit_id, received_on, decision_on, initiative, amount_due),
--   decisions(id, case_id, kind, decided_on, amount), payments(id, case_id, paid_on, amount, source, reversed_on),
--   verifications(case_id, verified_on, result), violations(case_id, found_on, repaired_on),
--   assets(id, case_id, seized_on, disposed_on, disposal), rounds(asset_id, held_on, outcome),
--   reductions(asset_id, reduced_on), nominations(case_id, list, withdrawn_on), reports(unit_id, kind, submitted_on),
--   periods(received_on, due_on), months(decided_on, since): the calendar, worked out beforehand.
-- @D the as-of day, @S and @E the window, @LISTS and @SUMMARY the last days of the reports.
WITH
listed AS (
    SELECT n.case_id, n.list, c.unit_id, c.amount_due FROM nominations n JOIN cases c ON c.id = n.case_id
    WHERE n.withdrawn_on IS NULL OR n.withdrawn_on > @D),
finished AS (
    SELECT d.case_id, min(d.decided_on) AS first_on,
        max(CASE WHEN d.decided_on BETWEEN @S AND @E THEN 1 ELSE 0 END) AS within
    FROM decisions d JOIN listed l ON l.case_id = d.case_id
    WHERE d.kind IN ('complete', 'terminate') AND d.decided_on <= @D GROUP BY d.case_id),
hopeless AS (
    SELECT case_id FROM (
        SELECT d.case_id, d.kind, row_number() OVER (
            PARTITION BY d.case_id ORDER BY d.decided_on DESC, d.id DESC) AS place
        FROM decisions d JOIN (SELECT DISTINCT case_id FROM listed) l ON l.case_id = d.case_id
        WHERE d.kind IN ('not_enforceable', 'enforceable') AND d.decided_on <= @D) t
    WHERE place = 1 AND kind = 'not_enforceable'),
seen AS (
    SELECT a.id, a.case_id, a.seized_on,
        CASE WHEN a.disposal IS NOT NULL AND a.disposed_on <= @D THEN a.disposal END AS gone
    FROM assets a JOIN (SELECT DISTINCT case_id FROM listed) l ON l.case_id = a.case_id
    WHERE a.seized_on <= @D),
second AS (
    SELECT asset_id, reduced_on FROM (
        SELECT r.asset_id, r.reduced_on, row_number() OVER (
            PARTITION BY r.asset_id ORDER BY r.reduced_on) AS place
        FROM reductions r JOIN seen s ON s.id = r.asset_id WHERE r.reduced_on <= @D) t
    WHERE place = 2),
through AS (
    SELECT DISTINCT s.asset_id FROM second s JOIN rounds r ON r.asset_id = s.asset_id
    WHERE r.outcome IN ('no_participants', 'no_bids', 'failed')
        AND r.held_on BETWEEN s.reduced_on AND @D),
courses AS (
    SELECT s.case_id, sum(CASE WHEN s.gone IS NULL THEN 1 ELSE 0 END) AS open,
        sum(CASE WHEN s.gone IN ('sold', 'taken') THEN 1 ELSE 0 END) AS handled,
        sum(CASE WHEN s.gone IS NULL AND t.asset_id IS NOT NULL THEN 1 ELSE 0 END) AS reduced,
        max(CASE WHEN s.seized_on <= @E THEN 1 ELSE 0 END) AS seized
    FROM seen s LEFT JOIN through t ON t.asset_id = s.id GROUP BY s.case_id),
before AS (
    SELECT case_id, sum(amount) AS amount FROM (
        SELECT p.case_id, p.amount FROM payments p JOIN listed l ON l.case_id = p.case_id
        WHERE l.list = 'old_case' AND p.paid_on < @S
            AND (p.reversed_on IS NULL OR p.reversed_on > @S - 1)
        UNION ALL
        SELECT d.case_id, coalesce(d.amount, 0) FROM decisions d JOIN listed l ON l.case_id = d.case_id
        WHERE l.list = 'old_case' AND d.kind IN ('terminate', 'reduce_obligation') AND d.decided_on < @S) t
    GROUP BY case_id),
bases AS (
    SELECT l.case_id, l.unit_id,
        CASE WHEN l.amount_due > coalesce(b.amount, 0) THEN l.amount_due - coalesce(b.amount, 0) ELSE 0 END AS base
    FROM listed l LEFT JOIN before b ON b.case_id = l.case_id WHERE l.list = 'old_case'),
resolutions AS (
    SELECT p.case_id, p.paid_on AS on_day, 0 AS rank, p.id,
        CASE WHEN p.source = 'exempted' THEN 'exempted' ELSE 'collected' END AS part, p.amount
    FROM payments p JOIN bases b ON b.case_id = p.case_id
    WHERE p.paid_on BETWEEN @S AND @E AND (p.reversed_on IS NULL OR p.reversed_on > @D)
    UNION ALL
    SELECT d.case_id, d.decided_on, 1, d.id,
        CASE WHEN d.kind = 'terminate' THEN 'terminated' ELSE 'exempted' END, d.amount
    FROM decisions d JOIN bases b ON b.case_id = d.case_id
    WHERE d.kind IN ('terminate', 'reduce_obligation') AND d.decided_on BETWEEN @S AND @E
        AND d.amount IS NOT NULL),
filling AS (
    SELECT r.case_id, r.part, r.amount, sum(r.amount) OVER (
        PARTITION BY r.case_id ORDER BY r.on_day, r.rank, r.id
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - r.amount AS filled FROM resolutions r),
taken AS (
    SELECT f.case_id, f.part, sum(CASE WHEN b.base - f.filled <= 0 THEN 0
        WHEN b.base - f.filled < f.amount THEN b.base - f.filled ELSE f.amount END) AS amount
    FROM filling f JOIN bases b ON b.case_id = f.case_id GROUP BY f.case_id, f.part),
classified AS (
    SELECT c.unit_id, CASE WHEN EXISTS (
            SELECT 1 FROM verifications v WHERE v.case_id = d.case_id AND v.result = d.kind
                AND v.verified_on BETWEEN m.since AND d.decided_on)
        AND NOT EXISTS (
            SELECT 1 FROM violations x WHERE x.case_id = d.case_id
                AND x.found_on > d.decided_on AND x.found_on <= @D) THEN 1 ELSE 0 END AS correct
    FROM decisions d JOIN cases c ON c.id = d.case_id JOIN months m ON m.decided_on = d.decided_on
    WHERE d.kind IN ('not_enforceable', 'enforceable') AND d.decided_on BETWEEN @S AND @E),
figures AS (
    SELECT 'large_value_seized' AS target, l.unit_id, sum(coalesce(k.seized, 0)) AS numerator, count(*) AS denominator
    FROM listed l LEFT JOIN courses k ON k.case_id = l.case_id WHERE l.list = 'large_value' GROUP BY l.unit_id
    UNION ALL
    SELECT 'large_value_classified', l.unit_id,
        sum(CASE WHEN h.case_id IS NOT NULL OR (k.open = 0 AND k.handled > 0) OR (k.open > 0 AND k.open = k.reduced)
            THEN 1 ELSE 0 END), count(*)
    FROM listed l LEFT JOIN courses k ON k.case_id = l.case_id LEFT JOIN hopeless h ON h.case_id = l.case_id
    LEFT JOIN finished f ON f.case_id = l.case_id
    WHERE l.list = 'large_value' AND f.case_id IS NULL GROUP BY l.unit_id
    UNION ALL
    SELECT 'old_resolved_count', l.unit_id, sum(coalesce(f.within, 0)), count(*)
    FROM listed l LEFT JOIN finished f ON f.case_id = l.case_id WHERE l.list = 'old_case' GROUP BY l.unit_id
    UNION ALL
    SELECT 'old_resolved_money', b.unit_id, sum(coalesce(t.amount, 0)), sum(b.base)
    FROM bases b LEFT JOIN (SELECT case_id, sum(amount) AS amount FROM taken GROUP BY case_id) t
        ON t.case_id = b.case_id GROUP BY b.unit_id
    UNION ALL
    SELECT 'old_resolved_money.' || t.part, b.unit_id, sum(t.amount), 0
    FROM taken t JOIN bases b ON b.case_id = t.case_id GROUP BY t.part, b.unit_id
    UNION ALL
    SELECT 'decisions_timely', c.unit_id, sum(CASE WHEN c.decision_on <= p.due_on THEN 1 ELSE 0 END), count(*)
    FROM cases c JOIN periods p ON p.received_on = c.received_on
    WHERE c.received_on BETWEEN @S AND @E GROUP BY c.unit_id
    UNION ALL
    SELECT 'classification_right', unit_id, sum(correct), count(*) FROM classified GROUP BY unit_id
    UNION ALL
    SELECT 'violations_repaired', c.unit_id, sum(CASE WHEN v.repaired_on <= @D THEN 1 ELSE 0 END), count(*)
    FROM violations v JOIN cases c ON c.id = v.case_id WHERE v.found_on <= @D GROUP BY c.unit_id
    UNION ALL
    SELECT 'lists_submitted', u.id, CASE WHEN min(r.submitted_on) <= @LISTS THEN 1 ELSE 0 END, 1
    FROM units u LEFT JOIN reports r ON r.unit_id = u.id AND r.kind = 'lists' AND r.submitted_on <= @D GROUP BY u.id
    UNION ALL
    SELECT 'report_submitted', u.id, CASE WHEN min(r.submitted_on) <= @SUMMARY THEN 1 ELSE 0 END, 1
    FROM units u LEFT JOIN reports r ON r.unit_id = u.id AND r.kind = 'summary' AND r.submitted_on <= @D
    WHERE u.level = 'district' GROUP BY u.id)
SELECT u.code, f.target, f.numerator, f.denominator FROM figures f JOIN units u ON u.id = f.unit_id
ORDER BY 1, 2;
