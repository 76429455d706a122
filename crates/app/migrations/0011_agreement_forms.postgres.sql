-- Agreements name forms of mentoring by the titles of the dictionary: a title stays on paper as it was on the day of
-- writing, whatever the school calls the form later. Until now they held the words of a list of their own.
UPDATE agreements
SET forms = CAST(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CAST(forms AS TEXT),
        '"employer_pupil"', '"работодатель – ученик"'),
        '"student_pupil"', '"студент – ученик"'),
        '"employer_student"', '"работодатель – студент"'),
        '"teacher_teacher"', '"учитель – учитель"'),
        '"partner_teacher"', '"социальный партнёр – педагог"'),
        '"alumni_pupil"', '"выпускник – ученик"')
    AS JSONB);
