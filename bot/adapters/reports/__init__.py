"""A statistics report as a file: CSV, XLSX, PDF."""

from bot.adapters.reports.csv_report import write_csv
from bot.adapters.reports.pdf_report import write_pdf
from bot.adapters.reports.xlsx_report import write_xlsx

WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "pdf": write_pdf}
"""By the ending of the file's name."""
