#!/usr/bin/env python3
"""A peer for scripts/bench-pages: the same rows as a page of Python's standard library.

usage: bench-peer.py DATABASE PORT

Serves /roadmap from the SQLite file of a school: the same rows with sections, responsibles, newest numbers and counts,
as one table without menu, filter or components. What it leaves out makes it the faster one.
"""

import html
import json
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROWS = """
    SELECT w.id, s.number || ' ' || s.title AS section, w.number, w.title, w.term_text, w.due_on, w.done_on, w.rules,
           (SELECT COUNT(*) FROM row_documents d WHERE d.row_id = w.id AND d.removed_at IS NULL) AS documents,
           (SELECT COUNT(*) FROM row_tasks t WHERE t.row_id = w.id AND t.done_at IS NULL) AS tasks
    FROM roadmap_rows w
    JOIN roadmap_sections s ON s.id = w.section_id
    WHERE w.programme_id = ?
    ORDER BY w.position"""
RESPONSIBLES = """
    SELECT r.row_id, COALESCE(u.full_name, r.label) AS name
    FROM row_responsibles r
    LEFT JOIN users u ON u.id = r.user_id
    JOIN roadmap_rows w ON w.id = r.row_id
    WHERE w.programme_id = ?
    ORDER BY r.position"""
READINGS = """
    WITH ranked AS (
        SELECT h.measure, h.numerator, h.denominator,
               ROW_NUMBER() OVER (PARTITION BY h.measure ORDER BY h.as_of DESC, h.entered_at DESC, h.id DESC) AS place
        FROM hand_readings h
        JOIN roadmap_rows w ON w.id = h.row_id
        WHERE w.programme_id = ?)
    SELECT measure, numerator, denominator FROM ranked WHERE place = 1"""


def page(database: sqlite3.Connection) -> bytes:
    """Draws the road map of the newest year."""
    (programme,) = database.execute("SELECT id FROM programmes ORDER BY school_year DESC LIMIT 1").fetchone()
    names: dict[str, list[str]] = {}
    for row, name in database.execute(RESPONSIBLES, (programme,)):
        names.setdefault(row, []).append(name)
    numbers = {measure: (part, whole) for measure, part, whole in database.execute(READINGS, (programme,))}
    lines, last = [], None
    for row, section, number, title, term, due, done, rules, documents, tasks in database.execute(ROWS, (programme,)):
        if section != last:
            lines.append(f"<tr><th colspan=7>{html.escape(section)}</th></tr>")
            last = section
        values = []
        for rule in json.loads(rules):
            part, whole = numbers.get(rule["measure"], (None, None))
            value = "нет данных" if part is None else f"{part} из {whole} — {100 * part / whole:.1f} %"
            values.append(html.escape(f"{rule['title']}: {value}"))
        cells = [number, title, term, due or "", done or "", ", ".join(names.get(row, [])), f"{documents} / {tasks}"]
        drawn = "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells)
        lines.append(f"<tr>{drawn}<td>{'; '.join(values)}</td></tr>")
    return f"<!doctype html><meta charset=utf-8><title>Дорожная карта</title><table>{''.join(lines)}</table>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers every path with the road map."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
        try:
            body = page(database)
        finally:
            database.close()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Says nothing about clients that leave."""

    def handle_error(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    Server(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
