"""Makes a list of many pupils, lets openpyxl and «Наставник» read it, and compares. See scripts/bench-import."""

import datetime
import json
import pathlib
import subprocess
import sys
import threading
import time

import openpyxl

HEADER = ["№", "ФИО", "Дата рождения", "Пол", "Класс", "Личное дело №", "ФИО представителя", "Тип представителя",
          "Телефон представителя", "Адрес"]
STEMS = ["Берёз", "Осин", "Клён", "Дуб", "Ель", "Сосн", "Лип", "Ив", "Рябин", "Ольх"]


def make(path, rows):
    """Writes a workbook of one sheet; half of the dates are dates, half are texts."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Контингент")
    sheet.append(HEADER)
    first = datetime.date(2009, 1, 1)
    for n in range(rows):
        word = "".join(chr(ord("а") + int(digit)) for digit in str(n))
        born = first + datetime.timedelta(days=n % 3600)
        name = STEMS[n % 10] + "ов" + word
        sheet.append([n + 1, f"{name} Илья Петрович", born if n % 2 else born.strftime("%d.%m.%Y"), "м",
                      f"{n % 11 + 1}{'АБВГ'[n % 4]}", f"Л-{n}", f"{name}а Ольга Ильинична", "мать",
                      f"8999{n:07d}", "г. Образцов, ул. Школьная"])
    book.save(path)


def read_with_openpyxl(path):
    begin = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(1 for _ in book.active.iter_rows(values_only=True))
    book.close()
    return rows, time.perf_counter() - begin


def memory(pid):
    """Kilobytes a process and its children hold."""
    total = 0
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for tasks in pathlib.Path(f"/proc/{pid}/task").iterdir():
            children += (tasks / "children").read_text().split()
        for one in {str(pid), *children}:
            for line in pathlib.Path(f"/proc/{one}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    total += int(line.split()[1])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return total


def run(command, stdin=None):
    """Runs a command; returns what it said, its seconds and the largest memory of it with its children."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE)
    peak = [0]

    def watch():
        while child.poll() is None:
            peak[0] = max(peak[0], memory(child.pid))
            time.sleep(0.01)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = child.stdout.read()
    child.wait()
    watcher.join()
    if child.returncode:
        sys.exit(f"{command[1:4]} ended with {child.returncode}: {said.decode()}")
    return said, time.perf_counter() - begin, peak[0] / 1024


def main():
    program, folder, rows = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    file = folder / f"list-{rows}.xlsx"
    if not file.exists():
        make(file, rows)
    data = folder / "data"
    subprocess.run(["rm", "-rf", str(data)], check=True)

    read, slow = read_with_openpyxl(file)
    with file.open("rb") as source:
        said, fast, peak_read = run([program, "read-rows", "--", file.name], source)
    told = said.count(b'{"Row"')
    if read != rows + 1 or told != read:
        sys.exit(f"rows: {rows} written, openpyxl read {read}, the program {told}")

    prepare(program, data)
    command = [program, "people", "import", str(file), "--data", str(data), "--json"]
    first, whole, peak = run(command)
    second, again, peak_again = run(command)
    if json.loads(first)["counts"]["new"] != rows or json.loads(second)["counts"]["same"] != rows:
        sys.exit(f"not every row was loaded: {first.decode()} {second.decode()}")

    size = file.stat().st_size / 1e6
    print(f"{rows} rows, {len(HEADER)} columns, {size:.1f} MB")
    print(f"openpyxl read-only      {slow:7.2f} s  {rows / slow:9.0f} rows/s")
    print(f"reading                 {fast:7.2f} s  {rows / fast:9.0f} rows/s  {peak_read:5.0f} MB  ×{slow / fast:.1f}"
          + ("" if slow / fast >= 8 else "  BELOW THE GOAL of ×8"))
    print(f"reading and loading     {whole:7.2f} s  {rows / whole:9.0f} rows/s  {peak:5.0f} MB"
          + ("" if peak < 150 else "  ABOVE THE GOAL of 150 MB"))
    print(f"the same file again     {again:7.2f} s  {rows / again:9.0f} rows/s  {peak_again:5.0f} MB"
          + ("" if peak_again < 150 else "  ABOVE THE GOAL of 150 MB"))


def prepare(program, data):
    """Makes an invented school; its own people stay beside the list."""
    subprocess.run([program, "demo", "--data", str(data), "--no-serve"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
