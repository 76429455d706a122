-- A paper filled into a school's own .docx has no PDF: nobody but Word knows how it looks. What a registered paper is, is
-- one file whose bytes never change: our PDF, or that .docx.
ALTER TABLE papers RENAME COLUMN pdf_id TO final_id;
