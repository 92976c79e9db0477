BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Objects$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1 mtu 1400
        $null = New-EgressVeth eth0 $ns

        function Get-Everything {
            Get-NetRoute -NetNamespace $ns -RouteTable all
            Get-NetIPAddress -NetNamespace $ns
            Get-NetAdapter -NetNamespace $ns
            Get-NetNamespace $ns
            Get-EgressVeth -NetNamespace $ns
            $result = ConvertFrom-CniResult $PSScriptRoot/../../examples/ipam.json
            $result
            $result.Routes
        }

        # Every property with its value, as text.
        function Get-PropertyText([object] $Object) {
            $Object.PSObject.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" }
        }
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'are of seven types' {
        Get-Everything | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique | Should -Be @(
            'CniIPAddress', 'CniNetRoute', 'EgressVeth', 'NetAdapter', 'NetIPAddress', 'NetNamespace', 'NetRoute'
        )
    }

    It 'come back from a job with every property' {
        foreach ($each in Get-Everything) {
            $back = [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize($each))
            $back.PSTypeNames[0] | Should -BeExactly "Deserialized.$($each.GetType().FullName)"
            "$back" | Should -BeExactly "$each"
            Get-PropertyText $back | Should -BeExactly (Get-PropertyText $each)
        }
    }

    It 'have a value for every column' {
        foreach ($each in Get-Everything) {
            $view = (Get-FormatData $each.GetType().FullName -PowerShellVersion 7.6).FormatViewDefinition
            $columns = ($view.Control.Rows.Columns.DisplayEntry | Where-Object ValueType -EQ Property).Value
            $columns | Should -Not -BeNullOrEmpty
            $columns | Should -BeIn $each.PSObject.Properties.Name
        }
    }

    It 'are what <_> declares' -ForEach 'Get-NetRoute', 'Get-NetIPAddress', 'Get-NetAdapter', 'Get-EgressVeth' {
        $seen = & $_ -NetNamespace $ns
        $seen | Should -Not -BeNullOrEmpty
        $seen | Should -BeOfType (Get-Command $_).OutputType.Type
    }

    It 'have the same texts in the culture <_>' -ForEach 'tr-TR', 'de-DE', 'ar-SA', '' {
        try {
            $culture = [cultureinfo]::GetCultureInfo($_)
        }
        catch {
            Set-ItResult -Skipped -Because "this .NET knows no culture $_ (needs libicu)"
            return
        }

        $expected = Get-Everything | ForEach-Object { "$_"; Get-PropertyText $_ }
        $before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $culture
            $texts = Get-Everything | ForEach-Object { "$_"; Get-PropertyText $_ }
            $made = New-NetRoute 10.1.0.0/16 -InterfaceAlias v0 -Mtu 1300 -RouteTable MAIN -NetNamespace $ns
            $made | Remove-NetRoute
        }
        finally {
            [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before
        }

        $texts | Should -BeExactly $expected
        "$made" | Should -Be '10.1.0.0/16'
    }
}
