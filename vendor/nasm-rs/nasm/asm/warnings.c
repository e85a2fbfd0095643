#include "warnings_c.h"
