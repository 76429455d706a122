"""The same papers by docxtpl and LibreOffice: fill a .docx for each, join them, convert.

usage: peer.py TASK FOLDER      TASK is consents or register
"""

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import qrcode
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage

CONSENTS, LINES, COLUMNS = 300, 1000, 16
TEXT = (
    "Я, {{ name }}, даю согласие оператору на обработку персональных данных участника для одной цели: участие в программе "
    "наставничества. Персональные данные: фамилия, имя, отчество; дата рождения; пол; класс; телефон; запрос, интересы, "
    "свободное время; сведения о паре, встречах, плане и его выполнении; ответы на анкеты программы. Действия: сбор, запись, "
    "систематизация, накопление, хранение, уточнение, извлечение, использование, обезличивание, блокирование, удаление, "
    "уничтожение. Срок: до окончания участия. Отзыв: в любое время письменным заявлением."
)


def template(path):
    document = Document()
    document.add_heading("Согласие на обработку персональных данных", 1)
    for _ in range(2):
        document.add_paragraph(TEXT)
    document.add_paragraph("Законный представитель __________ {{ name }}")
    document.add_paragraph("{{ code }}")
    document.save(path)


def consents(folder):
    template(folder / "template.docx")
    made = []
    for number in range(CONSENTS):
        paper = DocxTemplate(folder / "template.docx")
        image = io.BytesIO()
        qrcode.make(f"НС-{number:04}-94QD-XE5T").save(image)
        image.seek(0)
        paper.render({"name": f"Ершов Максим Олегович {number}", "code": InlineImage(paper, image, width=Mm(22))})
        made.append(folder / f"consent-{number}.docx")
        paper.save(made[-1])
    convert(folder, made)
    subprocess.run(["pdfunite", *[path.with_suffix(".pdf") for path in made], folder / "consents.pdf"], check=True)


def register(folder):
    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    document.styles["Normal"].font.size = Pt(9)
    table = document.add_table(rows=3, cols=COLUMNS)
    table.style = "Table Grid"
    table.cell(0, 0).text = "{%tr for row in rows %}"
    for column in range(COLUMNS):
        table.cell(1, column).text = f"{{{{ row[{column}] }}}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.save(folder / "register-template.docx")
    paper = DocxTemplate(folder / "register-template.docx")
    row = ["1", "Соколов Артём Дмитриевич", "02.06.2010", "10 «А»", "наставник", "ученик – ученик"]
    row += ["успевающий – неуспевающий", "№ 52-ОД от 16.10.2026", "1", "09.10.2026", "участвует", "", "№ 118", "7 / 9", "92 %", ""]
    paper.render({"rows": [row] * LINES})
    paper.save(folder / "register.docx")
    convert(folder, [folder / "register.docx"])


def convert(folder, papers):
    """Converts in parts: LibreOffice 7.4 silently stops after 248 files of one call."""
    for first in range(0, len(papers), 100):
        part = papers[first : first + 100]
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, *part]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    task, folder = sys.argv[1], Path(sys.argv[2])
    started = time.perf_counter()
    {"consents": consents, "register": register}[task](folder)
    print(json.dumps({"task": task, "seconds": time.perf_counter() - started}))
