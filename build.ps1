#!/usr/bin/env pwsh
#Requires -Version 7.6

<#
.SYNOPSIS
Builds, starts, tests, packs or installs the EgressNet module.

.DESCRIPTION
A thin cover over dotnet: the build itself lays the module out in artifacts/module/EgressNet.

.PARAMETER Task
Build: compiles and stages. Start: builds, then runs examples/Start-Here.ps1. Test: builds, then runs the C# tests
and the Pester files. Pack: a zip of the module in artifacts. Install: copies the module to the user's module path.

.PARAMETER Configuration
The configuration to compile.

.PARAMETER Path
The Pester files that Test runs, and nothing else; every test when not given.

.PARAMETER PesterVersion
The Pester that Test uses; both come with the restore.

.PARAMETER ThrottleLimit
How many Pester files Test runs side by side.

.PARAMETER ModulePath
Where Install puts EgressNet/<version>; the user's module path when not given.

.EXAMPLE
./build.ps1 -Task Install

.EXAMPLE
./build.ps1 -Task Test tests/Pester/NetRoute.Tests.ps1 tests/Pester/NetAdapter.Tests.ps1
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Start', 'Test', 'Pack', 'Install')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path,

    [ValidateSet('6.2.0', '5.9.1')]
    [string] $PesterVersion = '6.2.0',

    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = [System.Environment]::ProcessorCount,

    [string] $ModulePath = (Join-Path ([System.Environment]::GetFolderPath('LocalApplicationData')) powershell Modules)
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$artifacts = Join-Path $PSScriptRoot artifacts
$stage = Join-Path $artifacts module EgressNet
$manifest = Join-Path $stage EgressNet.psd1

function Invoke-DotNet {
    & dotnet $args | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args failed with exit code $LASTEXITCODE."
    }
}

function Build-Project([string] $Project) {
    Invoke-DotNet build (Join-Path $PSScriptRoot $Project) -c $Configuration
}

function Start-Example {
    pwsh -NoProfile -Command '& { Import-Module $args[0]; & $args[1] }' $manifest (
        Join-Path $PSScriptRoot examples Start-Here.ps1)
}

function Invoke-Spec([string] $Results) {
    $script = Join-Path $PSScriptRoot build Invoke-Spec.ps1
    $pester = Join-Path $artifacts pester $PesterVersion Pester.psd1
    $folder = $Path ? $Path : (Join-Path $PSScriptRoot tests Pester)
    Get-ChildItem -Path $folder -Filter *.Tests.ps1 | Sort-Object -Property Length -Descending |
        ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
            $result = Join-Path $using:Results "$($_.BaseName).xml"
            pwsh -NoProfile -NonInteractive -File $using:script -Path $_.FullName -Result $result `
                -Module $using:manifest -Pester $using:pester *>&1 | ForEach-Object { [string] $_ } |
                Set-Variable -Name output
            [pscustomobject]@{ Name = $_.Name; Passed = $LASTEXITCODE -eq 0; Output = $output -join "`n" }
        } | ForEach-Object {
            Write-Host $_.Output
            if (-not $_.Passed) { $_.Name }
        }
}

function Test-Module {
    $results = Join-Path $artifacts test-results
    Remove-Item -Path $results -Recurse -ErrorAction Ignore
    $null = New-Item -Path $results -ItemType Directory

    if ($Path) {
        Build-Project tests/Pester
    }
    else {
        Build-Project EgressNet.sln
        & dotnet test (Join-Path $PSScriptRoot EgressNet.sln) -c $Configuration --no-build | Out-Host
    }

    $broken = @(Invoke-Spec $results)
    $failed = & (Join-Path $PSScriptRoot build Show-TestResult.ps1) -Folder $results
    exit [int]($failed -ne 0 -or $broken.Count -gt 0)
}

function Get-StagedVersion {
    (Test-ModuleManifest -Path $manifest).Version
}

function Compress-Module {
    $zip = Join-Path $artifacts "EgressNet.$(Get-StagedVersion).zip"
    Compress-Archive -Path $stage -DestinationPath $zip -Force
    $zip
}

function Copy-Module {
    $target = Join-Path $ModulePath EgressNet (Get-StagedVersion)
    Remove-Item -Path $target -Recurse -ErrorAction Ignore
    $null = New-Item -Path $target -ItemType Directory
    Copy-Item -Path $stage/* -Destination $target -Recurse
    $target
}

switch ($Task) {
    'Build' { Build-Project src/EgressNet.Cmdlets }
    'Start' { Build-Project src/EgressNet.Cmdlets; Start-Example; exit $LASTEXITCODE }
    'Test' { Test-Module }
    'Pack' { Build-Project src/EgressNet.Cmdlets; Compress-Module }
    'Install' { Build-Project src/EgressNet.Cmdlets; Copy-Module }
}
