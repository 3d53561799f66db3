"""Russian; fields show ISO dates and take Russian ones too."""

MONTH_DAY_FORMAT = "j E"
DATETIME_FORMAT = "j E Y г., H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"]
